"""What the demonstration publishes: an issued half-year of an area, an issued quarter of the programme, two drafts."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from referrals.cli.demo.world import World
from referrals.foundation import clock
from referrals.foundation.clock import today
from referrals.publishing import actions, rendering
from referrals.publishing.drafting import draft
from referrals.publishing.periods import finished


@cache
def words() -> dict[str, Any]:
    """The reports of publishing.toml, each with who writes it, over which kind of period, and its sections."""
    return tomllib.loads(Path(__file__).with_name("publishing.toml").read_text(encoding="utf-8"))


def publish(world: World, present: datetime) -> None:
    """Draft each report, and approve and issue those that are to be, in the caller's transaction."""
    for report in words()["reports"]:
        _make(report, world, present - timedelta(days=report["days_ago"]))


def _make(told: dict[str, Any], world: World, moment: datetime) -> None:
    by = world.viewers[told["by"]]
    with clock.clock_at(moment, step=timedelta(seconds=1)):
        # The newest period of its kind that was over then.
        period = finished(today())[told["period"]][0]
        actions.keep_figures(period, by=by)
        report = actions.start_report(period, draft(period, by), by=by)
        for key, text in told["sections"].items():
            begun = report.words.get(key, "").split("((")[0].strip()
            actions.edit_section(report, key, text.replace("…", begun).strip(), version=None, by=by)
        if told["issued"]:
            actions.approve_report(report, version=None, by=world.viewers[told["approver"]])
            actions.issue_report(report, rendering.edition(report, None), by=by)
