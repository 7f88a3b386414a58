"""How many questions a page asks of the database, and how much it sends: the same with few referrals as with many."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from referrals.accounts.models import Membership, Person
from referrals.casework.models import Referral
from referrals.cli.demo.bulk_loading import Order, load_many
from referrals.engagement.models import Meeting
from referrals.foundation.database import db, transaction
from referrals.reporting.actions import publish_finished_periods
from referrals.reporting.summaries import keeping
from tests import people
from tests.plugins.application import Stage
from tests.plugins.demonstration import Demonstration
from tests.plugins.run import made_once
from tests.plugins.visitors import Visitor

pytestmark = pytest.mark.only_on("sqlite")

MORE = 300
# The most that a page may weigh, in bytes of HTML.
HEAVIEST = 60_000
# Who opens which page, and how many questions it may ask: who is there and the names at the head of the page included.
# A referral's page also leaves its event in the book. Its documents are one question, and one more for names if any;
# one tells what was read, who else is there and what is still being written, and one says that the reader is there now.
MOST: dict[tuple[str, str], int] = {
    # Whom the list can be narrowed to, its rows, saved views, and the counts, with what other offices offer.
    ("caseworker", "/queue?tab=mine"): 6,
    ("caseworker", "/queue?tab=team"): 6,
    ("caseworker", "/queue?tab=team&category=housing&only=overdue&age=2-weeks&sort=urgency"): 6,
    ("caseworker", "/queue?tab=ended"): 6,
    ("manager", "/queue?tab=unassigned"): 6,
    ("caseworker", "/queue/views"): 4,
    # One for its transfers and, to an office while it is open, one for where the resident's postcode leads today.
    # One for its documents, one for its dates; where there are any, two for what was decided about them and by whom.
    # One for its letters, and where there are any, one for the names of who wrote them.
    # One for its enquiries.
    # One for whether the group asked for news; and, where any notice is unread, those of the referral become read.
    # Where it did, one more for who asked.
    # One for what its resident was asked after four weeks; with a result, one for the documents that show it.
    # Where a recorded date has come that can be a step on the way, one for whether it was noted.
    # One for what else there is about the person: linked, perhaps the same, held elsewhere.
    # Where there was a result, one for its case studies.
    # While it is open, one for what its MP knows or does that fits.
    ("caseworker", "/referrals/{closed}"): 31,
    ("caseworker", "/referrals/{in_progress}"): 32,
    ("caseworker", "/referrals/{accepted}"): 30,
    ("caseworker", "/referrals/{information_requested}"): 32,
    ("caseworker", "/referrals/{closed}/history"): 6,
    # Those that go on with what was agreed for their referrals, and those that are over.
    ("volunteer", "/stories"): 6,
    ("manager", "/stories"): 6,
    # How many there are, the page of them, and who tells them.
    ("volunteer", "/case-studies"): 6,
    # Unread and read notices are a question each, and one for what their referrals say today.
    ("caseworker", "/notices"): 5,
    # The lines, their referrals, their numbers, and the bodies to choose from.
    ("caseworker", "/enquiries"): 7,
    ("caseworker", "/enquiries?agency=dwp"): 7,
    ("caseworker", "find W12 7AF"): 4,
    ("caseworker", "find Okafor"): 4,
    # Six lists, their counts, what is new since somebody looked (six), the signposts of the month, whom to ask
    # after four weeks, with their agreements; and what was agreed with the MP, with the names of who does it.
    ("volunteer", "/referrals"): 20,
    ("lead", "/referrals"): 21,
    # The MPs, the last contact with each, what is to be done and by whom, the stories (five), and elected people; and
    # the meetings ahead, with whom.
    ("lead", "/your-mp"): 15,
    # Who is invited, the series (two), what is on its agenda and is read elsewhere (seven); where no more fits on it,
    # two for how many referrals are left off. Where somebody is no longer invited, one for who that is.
    ("lead", "/your-mp/meetings/{meeting}"): 18,
    # What is planned, how many there were, the page of them, and with whom each is (two).
    ("lead", "/your-mp/meetings"): 7,
    # One for who works for the MPs.
    ("lead", "/your-mp/contacts/new"): 8,
    # The answers, those that wait, and whose they are.
    ("lead", "/answers"): 5,
    ("manager", "/answers"): 5,
    # One for the MPs of today, of whom some are known to go, and one for whether they work for an MP too.
    ("coordinator", "/areas"): 8,
    # The rounds with what they gave, and of whom they are; for a coordinator also which areas there are.
    ("lead", "/grants"): 4,
    ("coordinator", "/grants"): 6,
    # The entries, how many there are, and of each kind.
    ("lead", "/publicity"): 5,
    ("volunteer", "/publicity/new"): 3,
    ("volunteer", "/signposts"): 4,
    ("lead", "/referrals?list=finished"): 5,
    # Two ask whether the sums are counted up to now.
    ("lead", "/reports/outcomes"): 19,
    ("manager", "/reports/outcomes"): 19,
    ("coordinator", "/reports/outcomes"): 11,
    # What was decided, the days of it (two), and where the first month is.
    ("manager", "/reports/decisions"): 13,
    ("manager", "/reports/residents_view"): 11,
    ("manager", "/reports/money"): 11,
    # The groups, what came of theirs, and the days of it (two).
    ("manager", "/reports/areas"): 13,
    # Waits before and their bands, turns that are over and that last; each spread of days is two.
    ("manager", "/reports/waiting"): 16,
    ("manager", "/reports/workload"): 12,
    # By kind, ground and month (two), what was declined, what was erased, and where the first month is.
    ("manager", "/reports/consents"): 15,
    ("manager", "/reports/stages"): 12,
    # Three ways to divide what is open, and the names of who has it.
    ("manager", "/reports/work"): 12,
    # One for how many briefs were made of them.
    ("lead", "/reports/patterns"): 11,
    # Two for what a brief can be written from, three for each list of briefs, their bodies and offices.
    ("lead", "/briefs"): 13,
    ("manager", "/briefs"): 16,
    ("caseworker", "/briefs"): 7,
    # The briefings, their MPs and who writes them, and whom one can be begun for; to an office, whose MP it works for.
    ("lead", "/briefings"): 6,
    ("caseworker", "/briefings"): 6,
    ("volunteer", "/briefs"): 7,
    ("manager", "/reports/agencies"): 11,
    ("coordinator", "/reports/agencies"): 11,
    # What is kept of a quarter is read as it was first shown, whatever the report.
    ("coordinator", "/reports/decisions"): 11,
    ("coordinator", "/reports/residents_view"): 11,
    ("coordinator", "/reports/money"): 11,
    ("coordinator", "/reports/areas"): 11,
    ("coordinator", "/reports/waiting"): 11,
    # And one for whether they work for an MP too.
    ("coordinator", "/reports/together"): 12,
    # The referrals behind a number, their agreements and their groups.
    ("manager", "/reports/outcomes/behind?cell=received"): 15,
    # Behind a larger number nothing is counted, and less is asked.
    ("lead", "/reports/outcomes/behind?cell=received.health"): 15,
    # What anybody may read.
    ("lead", "/figures"): 6,
    ("lead", "/figures/big-local"): 6,
    ("lead", "/impact"): 4,
    ("coordinator", "/impact"): 4,
    # Two for what people who have left still have in hand.
    ("manager", "/people"): 7,
    ("administrator", "/organisations"): 5,
    ("administrator", "/outbox"): 4,
    ("administrator", "/service-health"): 6,
}
Costs = dict[tuple[str, str], tuple[int, int]]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent to the database meanwhile, but for the beginnings of transactions."""
    sent: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def referrals_of_office() -> dict[str, str]:
    """The newest referral of the office in each state, by state."""
    rows = db.session.scalars(select(Referral).where(Referral.office_id == office()).order_by(Referral.id))
    return {row.state: row.reference for row in rows if row.reference}


def meeting_ahead() -> dict[str, str]:
    """The next of the quarterly meetings of the lead of the demonstration."""
    planner = select(Person.id).where(Person.email == "lead@demo.example").scalar_subquery()
    query = select(Meeting.id).where(Meeting.planned_by_id == planner, Meeting.rhythm == "quarterly")
    return {"meeting": str(db.session.scalar(query.order_by(Meeting.starts_at.desc()).limit(1)))}


def office() -> object:
    """The office of the caseworker of the demonstration."""
    joined = select(Membership.organisation_id).join(Person, Membership.person_id == Person.id)
    return db.session.scalar(joined.where(Person.email == "caseworker@demo.example"))


def cost(visitor: Visitor, page: str) -> tuple[int, int]:
    """How many questions a page asks, and how many bytes it sends."""
    token = visitor.token()
    if page.startswith(("/referrals/", "/reports/")):
        # The first look at something new also notes that it was read, and keeps what a finished period shows.
        visitor.client.get(page)
    if page.startswith("/reports/"):
        # Who opens a report counts what has changed before, and of that there is more or less.
        with transaction():
            keeping.catch_up()
    db.session.remove()
    with counted() as sent:
        if page.startswith("find "):
            answer = visitor.client.post("/find", data={"csrf_token": token, "text": page.removeprefix("find ")})
        else:
            answer = visitor.client.get(page)
    assert answer.status_code == 200, page
    return len(sent), len(answer.data)


def look_at_everything(stage: Stage) -> Costs:
    """What each page costs now."""
    references, found = referrals_of_office() | meeting_ahead(), {}
    for role in {role for role, _ in MOST}:
        visitor = Visitor(stage.app)
        visitor.send("/sign-in", {"email": f"{role}@demo.example", "password": people.PASSWORD})
        # What was said of signing in is shown once, by the first page.
        visitor.client.get("/account")
        found |= {key: cost(visitor, key[1].format(**references)) for key in MOST if key[0] == role}
    return found


def measure(demonstration: Demonstration) -> tuple[Costs, Costs]:
    """What each page costs with the few referrals of the demonstration, and with three hundred more in one office."""
    demonstration.put_on()
    stage = demonstration.stage
    with stage.app.app_context():
        # As the worker does each day; who comes before it waits for it once.
        with transaction():
            publish_finished_periods()
        few = look_at_everything(stage)
        load_many(Order(MORE, 1, 1, processes=1), people.PASSWORD, str)
        db.session.remove()
        number = db.session.scalar(select(func.count()).where(Referral.office_id == office()))
        assert number is not None
        assert number > MORE
        many = look_at_everything(stage)
        db.session.remove()
    return few, many


@pytest.fixture(scope="module")
def costs(demonstration: Demonstration) -> tuple[Costs, Costs]:
    """What each page costs with few referrals, and with many."""
    return made_once("costs", lambda: measure(demonstration))


@pytest.mark.parametrize("page", MOST, ids=" ".join)
def test_a_page_asks_as_many_questions_of_many_as_of_few(costs: tuple[Costs, Costs], page: tuple[str, str]) -> None:
    few, many = (found[page][0] for found in costs)
    assert few == many
    assert many <= MOST[page], "if this page must ask more, write its new number down and say why in the commit"


@pytest.mark.parametrize("page", MOST, ids=" ".join)
def test_a_page_stays_light(costs: tuple[Costs, Costs], page: tuple[str, str]) -> None:
    assert max(found[page][1] for found in costs) < HEAVIEST
