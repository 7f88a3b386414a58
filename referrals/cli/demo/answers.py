"""What areas of the demonstration keep of what their MPs' offices answered, written and checked on their days."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.cli.demo.world import World
from referrals.directory import lists
from referrals.foundation import clock
from referrals.knowledge import actions

FILE: Final = Path(__file__).with_name("answers.toml")
STEP_OF_CLOCK: Final = timedelta(milliseconds=700)


def keep_answers(told: Mapping[str, Referral], world: World, present: datetime) -> None:
    """Keep every answer of the file in the caller's transaction; `told` are the referrals by their stories' keys."""
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["answers"]:
        _keep(row, told[row["story"]], world, present)


def _keep(row: Mapping[str, Any], request: Referral, world: World, present: datetime) -> None:
    assert request.ended_at is not None
    assert request.category is not None
    writer = world.viewers[row["writer"]]
    with clock.clock_at(min(request.ended_at + timedelta(days=row["days"]), present), step=STEP_OF_CLOCK):
        told = actions.Told(
            question=row["question"], answer=row["answer"], source=row["source"], category=request.category
        )
        made = actions.write_entry(cases.referral(request.id, writer), told, by=writer)
    if "checker" in row:
        with clock.clock_at(min(request.ended_at + timedelta(days=row["checked"]), present), step=STEP_OF_CLOCK):
            ticked = [item.code for item in lists.current("knowledge_checks")]
            actions.check_entry(made, ticked, by=world.viewers[row["checker"]], version=None)
