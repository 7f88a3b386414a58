"""Loading the demonstration, once: its world, its people, and the referrals of its stories."""

from collections.abc import Callable
from datetime import timedelta

from flask import current_app

from referrals.accounts.queries.demo import has_demo_people
from referrals.casework.actions import ask_later
from referrals.casework.copies.pattern import capture
from referrals.casework.models import Referral
from referrals.cli.demo.answers import keep_answers
from referrals.cli.demo.beside import live_beside
from referrals.cli.demo.briefings import write_briefings
from referrals.cli.demo.briefs import write_briefs
from referrals.cli.demo.case_studies import tell_case_studies
from referrals.cli.demo.earlier import stories_wanted, tell_earlier
from referrals.cli.demo.engagement import know_their_mps, work_together
from referrals.cli.demo.grants import give_and_tell
from referrals.cli.demo.letters import furnish
from referrals.cli.demo.meetings import look_ahead
from referrals.cli.demo.noticing import settle_notices
from referrals.cli.demo.publishing import publish
from referrals.cli.demo.stories import stories
from referrals.cli.demo.telling import tell
from referrals.cli.demo.world import build_world
from referrals.directory.lists import load_lists
from referrals.foundation import clock
from referrals.foundation.database import db, transaction
from referrals.reporting.summaries import keeping

# The world is older than anything told of it.
AGE = timedelta(days=830)


class NotInProduction(RuntimeError):
    """The demonstration was asked for where real people's data may be."""


def _nobody(_referral: Referral) -> None:
    """Hears of a referral, and does nothing about it."""


def load_demo(password: str, *, hears: Callable[[Referral], None] = _nobody) -> bool:
    """Make the demonstration unless it is there; return whether it was made. Raises NotInProduction.

    `hears` is called with the referral of each story, once it is told and before anything else is.
    """
    if current_app.config["PRODUCTION"]:
        raise NotInProduction("Demonstration people never exist in production.")
    if has_demo_people():
        return False
    with transaction():
        load_lists()
        present = clock.now()
        with clock.clock_at(present - AGE, step=timedelta(milliseconds=1)):
            world = build_world(password)
            furnish(world.viewers["manager@demo.example"])
        told = {}
        for story in stories():
            told[story["key"]] = tell(story, world, present)
            hears(told[story["key"]])
        patterns = {key: capture(told[key], db.session()) for key in stories_wanted()}
        tell_earlier(patterns, world, present)
        # Of what was closed a while ago, the volunteers are reminded to ask how things are now.
        ask_later()
        tell_case_studies(told, world, present)
        keep_answers(told, world, present)
        settle_notices(world)
        live_beside(world, present)
        write_briefs(world, present)
        work_together(world, present)
        give_and_tell(world, present)
        know_their_mps(world, present)
        look_ahead(world, present)
        # Of many more that are loaded on top the worker counts the sums of reports; these few are counted at once.
        keeping.catch_up()
        write_briefings(world, present)
        publish(world, present)
    return True
