"""A small world to walk through: referrals in every state, with notes, agreements, invitations and mail around them."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from referrals.accounts import actions as accounts
from referrals.accounts.roles import Role, Side
from referrals.audit.actions import record
from referrals.casework import actions, queries
from referrals.directory.actions import Known, add_skill
from referrals.directory.lists import load_lists
from referrals.directory.models import Member
from referrals.documents import stores
from referrals.engagement.actions import change_meeting
from referrals.foundation.clock import clock_at, now, today
from referrals.foundation.database import db, promise_to_read, transaction
from referrals.foundation.ids import new_id
from referrals.foundation.references import new_reference
from referrals.notifications.models import Notice, OutboxMessage
from tests import people
from tests.casework import transfers
from tests.casework.cases import PATHS, give_consent, make_advice, make_draft, make_referral
from tests.casework.enquiries import send
from tests.correspondence import writing
from tests.documents.keeping import add_document
from tests.engagement.log import TERM, first_to_do, make_contact, make_detail, make_interest, make_known_person
from tests.engagement.meetings import make_item, make_meeting, make_past_meeting, plan
from tests.engagement.registers import make_award, make_permission, make_piece, make_publicity, make_round
from tests.knowledge import answers
from tests.people import Someone
from tests.plugins.application import Stage
from tests.plugins.stages import settle
from tests.publishing import reports
from tests.publishing.briefing import make_brief
from tests.publishing.quarterly import make_some
from tests.stories.studies import make_study, slug_of

# What the name of something that does not exist is: of the same shape as the name of what does.
DOCUMENT = "Letter about his leg.jpg"
NO_ID = str(people.id_of("nothing and nobody"))


@dataclass
class Scene:
    """The names of everything in the world, for the addresses of pages: `{submitted}` is a reference, and so on."""

    names: dict[str, str] = field(default_factory=dict)
    # The same names, for things that do not exist.
    nothing: dict[str, str] = field(default_factory=dict)

    def path(self, address: str, visitor: Someone | None = None) -> str:
        """The address with the names of this world in it; `{me}` is the visitor's own membership."""
        return address.format(**self.names, me=visitor.membership_id if visitor else NO_ID)

    def path_to_nothing(self, address: str) -> str:
        """The same address of something that does not exist."""
        return address.format(**self.nothing, me=NO_ID)

    def add(self, **names: object) -> None:
        """Give names to things, each with a name for nothing beside it."""
        for name, value in names.items():
            self.names[name] = str(value)
            self.nothing[name] = NO_ID if isinstance(value, UUID) else "of-nothing"

    def add_referral(self, name: str, reference: str | None) -> None:
        """Give a name to a referral that was sent."""
        assert reference
        self.names[name] = reference
        self.nothing[name] = new_reference()


def build() -> Scene:
    """Make the world, by the real verbs. The office has looked at every referral but the one called fresh."""
    scene = Scene()
    with transaction():
        load_lists()
    scene.add(draft=make_draft().id, fresh_draft=make_draft().id)
    for state in PATHS:
        if state != "draft":
            scene.add_referral(state, make_referral(state).reference)
    scene.add_referral("advice", make_advice().reference)
    scene.add_referral("conflict", make_referral("in_progress", trusted_body_conflict=True).reference)
    for name, reference in list(scene.names.items()):
        if name not in {"draft", "fresh_draft", "entered_in_error"}:
            with transaction():
                actions.open_referral(reference, by=people.CASEWORKER.viewer)
    scene.add_referral("fresh", make_referral().reference)
    hand_on(scene)
    ask_later(scene)
    write_on(scene, scene.names["in_progress"])
    add_documents(scene, scene.names["in_progress"], scene.names["fresh_draft"])
    date_on(scene, scene.names["in_progress"])
    ask_on(scene, scene.names["in_progress"])
    write_letters(scene, scene.names["in_progress"])
    link_on(scene, scene.names["submitted"], scene.names["accepted"])
    tell_stories(scene)
    keep_answers(scene)
    invite(scene)
    with transaction():
        scene.add(signpost=actions.count_signpost("welfare", "dwp", today(), 2, by=people.VOLUNTEER.viewer).id)
    add_views(scene)
    publish(scene)
    add_briefs(scene)
    add_contacts(scene)
    add_meetings(scene)
    add_briefings(scene)
    add_registers(scene)
    scene.add(**{place.code.replace("-", "_"): place.id for place in people.PLACES})
    scene.add(volunteer=people.SECOND_VOLUNTEER.membership_id, caseworker=people.SECOND_CASEWORKER.membership_id)
    scene.add(coordinator=people.OTHER_COORDINATOR.membership_id)
    return scene


def add_views(scene: Scene) -> None:
    """A saved view that a caseworker shares with the office, and one that is theirs alone."""
    with transaction():
        for name, shared in (("shared_view", True), ("own_view", False)):
            view = actions.save_view(name, "team", "due", {}, shared=shared, by=people.CASEWORKER.viewer)
            scene.add(**{name: view.id})


def add_briefs(scene: Scene) -> None:
    """A brief of the first group that it still writes, one that it has sent, and a skill of the MP it went to."""
    scene.add(draft_brief=make_brief("written"), sent_brief=make_brief("sent"))
    known = Known(skill="health", role="Nurse", source="https://members.example/1", checked_on=today())
    with transaction() as session:
        member = session.get(Member, people.id_of("Rowan Ashdown"))
        assert member is not None
        scene.add(skill=add_skill(member, known, by=people.ADMINISTRATOR.viewer).id)


def add_contacts(scene: Scene) -> None:
    """A contact in the log of the first group with something to be done after it, and one that can be taken out."""
    made = make_contact(to_do=("Ring the office",))
    scene.add(contact=made.id, follow_up=first_to_do(made).id, spare_contact=make_contact().id)
    person = make_known_person()
    scene.add(known_person=person.id, detail=make_detail(person).id, interest=make_interest().id, term=TERM)


def add_meetings(scene: Scene) -> None:
    """A meeting of the first group with its MP that is ahead, one to be cancelled, and one that is over."""
    dropped = make_known_person(name="Tess Marlow")
    made = make_meeting(known=[dropped.id])
    with transaction():
        change_meeting(made, plan(), by=people.LEAD.viewer, version=None)
    scene.add(dropped=dropped.id)
    scene.add(meeting=made.id, agenda_item=make_item(made).id)
    scene.add(spare_meeting=make_meeting().id, past_meeting=make_past_meeting().id)


def add_briefings(scene: Scene) -> None:
    """A briefing of the first group to each of its MPs, one sent and one written, and one of an earlier quarter."""
    scene.add(**make_some())


def add_registers(scene: Scene) -> None:
    """A round of small grants with two awards, and publicity with a quote that is permitted."""
    found = make_round()
    scene.add(grant_round=found.id, award=make_award(found).id, other_award=make_award(found).id)
    entry = make_publicity()
    piece = make_piece(entry)
    scene.add(publicity=entry.id, piece=piece.id, permission=make_permission(piece).id)
    scene.add(spare_publicity=make_publicity().id, spare_piece=make_piece(entry, "picture").id)


def publish(scene: Scene) -> None:
    """An impact report of the group in each state."""
    scene.add(draft_report=reports.begin(period="2025").id)
    scene.add(finished_report=reports.finish(reports.begin(period="2024")).id)
    scene.add(approved_report=reports.approve(reports.finish(reports.begin(period="2023"))).id)
    scene.add(issued_report=reports.issued(period="2025-h2").id)


def hand_on(scene: Scene) -> None:
    """A referral that is offered to the other office, one that it took on, and two offers it will hear no more of."""
    referral = make_referral("in_progress")
    scene.add_referral("on_offer", referral.reference)
    scene.add(offered=transfers.offer(referral).id, revocable=transfers.offer(make_referral("accepted")).id)
    # With a line of its own on the lists of the office that has it now.
    taken = make_referral("accepted", summary="A roof that leaks")
    scene.add_referral("handed_on", taken.reference)
    accepted = transfers.offer(taken)
    transfers.accept(accepted)
    refused = transfers.offer(make_referral("submitted"))
    transfers.reject(refused)
    scene.add(taken_on=accepted.id, refused=refused.id)


def ask_later(scene: Scene) -> None:
    """A referral that was closed a month ago, whose resident is to be asked how things are now."""
    with clock_at(now() - timedelta(days=30)):
        referral = make_referral("closed")
    scene.add_referral("asked_later", referral.reference)
    scene.add(later=queries.later_answers(referral, people.VOLUNTEER.viewer)[0].asked.id)


def write_on(scene: Scene, reference: str) -> None:
    """A note of each side, an agreement, and a ground that waits for approval, on one referral."""
    group, office = people.VOLUNTEER.viewer, people.CASEWORKER.viewer
    with transaction():
        of_group = actions.write_note(queries.referral(reference, group), "The group's own", shared=False, by=group)
        of_office = actions.write_note(queries.referral(reference, office), "The office's", shared=False, by=office)
        referral = queries.referral(reference, group)
        ground = give_consent(referral, ground="would_prejudice")
        record("consent.recorded", by=group, subject=("referral", referral.id))
        agreement = queries.consents_of(referral, group)[0]
        scene.add(group_note=of_group.id, office_note=of_office.id, ground=ground.id, agreement=agreement.id)


def add_documents(scene: Scene, reference: str, draft_id: str) -> None:
    """A document of each side, one that the office has shared, and one on a draft."""
    group, office = people.VOLUNTEER, people.CASEWORKER
    for name, someone, shared in (
        ("group_document", group, False),
        ("office_document", office, False),
        ("shared_document", office, True),
    ):
        referral = queries.referral(reference, someone.viewer)
        scene.add(**{name: add_document(referral, by=someone, shared=shared, name=DOCUMENT)})
    draft = queries.draft(UUID(draft_id), group.viewer)
    scene.add(draft_document=add_document(draft, by=group, name=DOCUMENT))


def write_letters(scene: Scene, reference: str) -> None:
    """A letter that the office has only made, and one that it has sent to the group."""
    referral = queries.referral(reference, people.CASEWORKER.viewer)
    made = writing.write(referral, "acknowledgement_group", "group", words="The office's own letter")
    sent = writing.write(referral, "holding_group", "group", words="A letter for the group")
    writing.send(sent, "on_page")
    scene.add(office_letter=made.id, group_letter=sent.id)


def tell_stories(scene: Scene) -> None:
    """A case study of the group before each step, and one that everybody can read."""
    for state in ("draft", "waiting", "announced"):
        scene.add(**{f"{state}_study": make_study(state).id})
    scene.add(slug=slug_of(make_study("published")))


def keep_answers(scene: Scene) -> None:
    """An answered request for advice, another whose answer waits, and one whose answer is on the page."""
    scene.add_referral("answered", answers.answered().reference)
    scene.add(waiting_answer=answers.write().id, kept_answer=answers.keep().id)


def date_on(scene: Scene, reference: str) -> None:
    """A decision letter, from which two limits follow, recorded by the group on one referral."""
    group = people.VOLUNTEER.viewer
    with transaction():
        referral = queries.referral(reference, group)
        event = actions.record_date(referral, "benefit_decision", today(), words="The group's own", by=group)
        scene.add(date=event.id)


def ask_on(scene: Scene, reference: str) -> None:
    """An enquiry of the office, with the resident's agreement, on one referral."""
    with transaction():
        referral = queries.referral(reference, people.CASEWORKER.viewer)
        scene.add(enquiry=send(referral).id)


def link_on(scene: Scene, reference: str, other: str) -> None:
    """What the office said of two referrals."""
    office = people.CASEWORKER.viewer
    with transaction():
        first, second = queries.referral(reference, office), queries.referral(other, office)
        scene.add(link=actions.link_referrals(first, second, "same_person", by=office).id)


def invite(scene: Scene) -> None:
    """An invitation by each side, a way to a new password, and a message that could not be delivered."""
    lead, manager = people.LEAD, people.MANAGER
    with transaction() as session:
        to_group = accounts.invite(
            "new@group.example",
            "New Volunteer",
            Role.VOLUNTEER,
            organisation_id=lead.place.id,
            side=Side.GROUP,
            by=lead.viewer,
        )
        to_office = accounts.invite(
            "new@office.example",
            "New Worker",
            Role.CASEWORKER,
            organisation_id=manager.place.id,
            side=Side.OFFICE,
            by=manager.viewer,
        )
        scene.add(calendar_token=accounts.make_calendar_link("mine", by=people.SECOND_VOLUNTEER.viewer))
        accounts.request_reset(people.SECOND_VOLUNTEER.email)
        session.flush()
        scene.add(group_invitation=to_group.id, office_invitation=to_office.id)
        scene.add(invitation_token=token_of("Invited"), reset_token=token_of("PasswordResetRequested"))
        dead = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "ReferralSubmitted")).first()
        assert dead is not None
        dead.state = "dead"
        waiting = session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "ReferralAccepted")).first()
        assert waiting is not None
        scene.add(dead_message=dead.id, waiting_message=waiting.id)
        hers = select(Notice).where(Notice.person_id == people.VOLUNTEER.id).order_by(Notice.id)
        notice = session.scalars(hers).first()
        assert notice is not None
        scene.add(notice=notice.id)


def token_of(kind: str) -> str:
    """The token at the end of the link in the first mail of this kind."""
    mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).first()
    assert mail is not None
    params: Mapping[str, str] = json.loads(mail.params or "{}")
    return params["path"].rsplit("/", 1)[1]


@dataclass
class Set:
    """A stage with the world on it, which can be put back as often as a test likes."""

    stage: Stage
    scene: Scene
    kept: Path | str

    @property
    def documents(self) -> Path:
        """Where the documents of the world lie: apart, because jobs of other tests clear away what no row names."""
        return self.stage.folder / "scene-documents"

    @property
    def kept_documents(self) -> Path:
        """Their copy, for what a test removes."""
        return self.stage.folder / "scene-documents-kept"

    @classmethod
    def make(cls, stage: Stage) -> "Set":
        """Build the world on a stage and keep a copy of its database."""
        stage.reset()
        made = cls(stage, Scene(), stage.folder / f"scene-{new_id()}.db")
        stores.configure(stores.FolderStore(made.documents))
        promise_to_read(only=False)
        with stage.app.app_context():
            made.scene = build()
        shutil.copytree(made.documents, made.kept_documents)
        stage.let_go()
        if stage.server:
            made.kept = stage.server.create_database(stage.name)
            return made
        settle(stage.app)
        shutil.copyfile(stage.folder / "referrals.db", made.kept)
        return made

    def restore(self) -> None:
        """Bring the world back as it was built."""
        self.stage.become(self.kept)
        self.stage.go_first()
        shutil.rmtree(self.documents)
        shutil.copytree(self.kept_documents, self.documents)
        stores.configure(stores.FolderStore(self.documents))
        promise_to_read(only=False)
