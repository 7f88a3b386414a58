"""Every door of the service, and who may go through: the table that the tests of access walk along.

A new page gets its rows here: at least one for each of its methods. `may` are let in, `hidden` are told that there is
nothing, everybody else who is signed in is refused, and who is not signed in is sent to sign in.
"""

from tests import people
from tests.house.doors import (
    ADMINISTRATORS,
    AUTHORS,
    BOTH,
    EVERYBODY,
    GROUPS,
    KEEPERS,
    LEAD,
    LEADS,
    MANAGER,
    MANAGERS,
    NOBODY,
    OFFICE,
    OFFICES,
    OTTO,
    STRANGE_GROUPS,
    STRANGE_OFFICES,
    STRANGERS,
    VERA,
    Door,
    People,
)
from tests.house.impact_doors import IMPACT
from tests.house.report_doors import REPORTS
from tests.house.story_doors import STORIES

GET, POST = ("GET",), ("POST",)


def of_referral(endpoint: str, rest: str, names: tuple[str, ...], may: People = BOTH, **more: object) -> list[Door]:
    """The same page of several referrals; the likes of who may are strangers to whom there is no such referral."""
    strangers = (STRANGE_GROUPS if may & AUTHORS else NOBODY) | (STRANGE_OFFICES if may & OFFICE else NOBODY)
    hidden = more.pop("hidden", strangers)
    return [Door(endpoint, f"/referrals/{{{name}}}{rest}", may, hidden, **more) for name in names]  # type: ignore[arg-type]


OPEN = ("in_progress",)
# What is on another referral: to nobody is it there.
STRANGE = {"hidden": BOTH | STRANGERS}


def of_document(rest: str, endpoint: str, may: People, hidden: People, **more: object) -> list[Door]:
    """A page of the documents of the one referral that has some."""
    return of_referral(endpoint, rest, ("in_progress",), may, hidden=hidden, **more)


def of_letter(rest: str, endpoint: str, letter: str, may: People, hidden: People, **more: object) -> list[Door]:
    """A page of a letter on the one referral that has some."""
    return of_referral(endpoint, f"/letters/{{{letter}}}{rest}", ("in_progress",), may, hidden=hidden, **more)


STATES = (
    "submitted", "information_requested", "accepted", "in_progress", "on_hold", "outcome_recorded", "closed",
    "declined", "returned_with_advice", "withdrawn",
)  # fmt: skip

PUBLIC = [
    *(
        Door(endpoint, address, public=True, methods=GET)
        for endpoint, address in {
            "home.show": "/",
            "health.show": "/healthz",
            "pages.accessibility": "/accessibility",
            "pages.how_it_works": "/how-it-works",
            "pages.privacy": "/privacy",
            "passwords.sent": "/forgot-password/sent",
        }.items()
    ),
    Door("sessions.sign_in", "/sign-in", public=True),
    Door("sessions.sign_out", "/sign-out", public=True, methods=POST, ends_session=True),
    Door("passwords.forgot", "/forgot-password", public=True),
    Door("passwords.reset", "/reset/{reset_token}", public=True),
    Door("joining.join", "/join/{invitation_token}", public=True),
    Door("calendar.feed", "/calendar/{calendar_token}.ics", public=True, methods=GET),
]

ACCOUNT = [
    Door("account.show", "/account", EVERYBODY, methods=GET),
    Door("account.name", "/account/name", EVERYBODY),
    Door("account.password", "/account/password", EVERYBODY),
    Door("account.telling", "/account/how-we-tell-you", GROUPS | OFFICES),
    Door("calendar.link", "/account/calendar", GROUPS | OFFICES),
    Door("calendar.end", "/account/calendar/end", GROUPS | OFFICES, methods=POST),
    Door("notices.index", "/notices", GROUPS | OFFICES, methods=GET),
    Door("notices.read", "/notices/read", VERA, (GROUPS | OFFICES) - VERA, POST, data={"read": "{notice}"}),
    Door("account.sign_out_everywhere", "/account/sign-out-everywhere", EVERYBODY, methods=POST, ends_session=True),
    Door("account.switch", "/account/organisation/{me}", EVERYBODY, methods=POST, ends_session=True),
    Door("account.switch", "/account/organisation/{coordinator}", OTTO, EVERYBODY - OTTO, POST, ends_session=True),
]

# Each organisation's keeper reaches its own people, and an administrator everybody's.
OF_GROUP = {"may": ADMINISTRATORS | {people.LEAD}, "hidden": MANAGERS | {people.OTHER_LEAD}}
OF_OFFICE = {"may": ADMINISTRATORS | {people.MANAGER}, "hidden": LEADS | {people.OTHER_MANAGER}}
PEOPLE = [
    Door("people.index", "/people", KEEPERS, methods=GET),
    Door("people.invite", "/people/invite/{white_city}", **OF_GROUP),
    Door("people.invite", "/people/invite/{hammersmith}", **OF_OFFICE),
    Door("people.revoke", "/people/invitations/{group_invitation}/revoke", **OF_GROUP, methods=GET),
    Door("people.revoke", "/people/invitations/{office_invitation}/revoke", **OF_OFFICE),
    Door("people.resend", "/people/invitations/{group_invitation}/resend", **OF_GROUP, methods=POST),
    Door("people.show", "/people/{volunteer}", **OF_GROUP, methods=GET),
    Door("people.show", "/people/{caseworker}", **OF_OFFICE, methods=GET),
    Door("people.show", "/people/{coordinator}", ADMINISTRATORS, LEADS | MANAGERS, methods=GET),
    Door("people.role", "/people/{volunteer}/role", **OF_GROUP),
    Door("people.role", "/people/{caseworker}/role", **OF_OFFICE),
    Door("people.enable", "/people/{volunteer}/enable", **OF_GROUP, methods=POST),
    Door("people.enable", "/people/{caseworker}/enable", **OF_OFFICE, methods=POST),
    Door("people.disable", "/people/{volunteer}/disable", **OF_GROUP),
    Door("people.disable", "/people/{caseworker}/disable", **OF_OFFICE),
    Door("handovers.person", "/people/{volunteer}/hand-over", frozenset({people.LEAD}), MANAGERS | {people.OTHER_LEAD}),
    Door(
        "handovers.person",
        "/people/{caseworker}/hand-over",
        frozenset({people.MANAGER}),
        LEADS | {people.OTHER_MANAGER},
    ),
    Door("handovers.left", "/people/left/hand-over", LEADS | MANAGERS),
    Door("people.remove", "/people/{caseworker}/remove", **OF_OFFICE),
    Door("people.remove", "/people/{volunteer}/remove", **OF_GROUP),
]

SERVICE = [
    Door("organisations.index", "/organisations", ADMINISTRATORS, methods=GET),
    Door("organisations.show", "/organisations/{white_city}", ADMINISTRATORS, methods=GET),
    Door("organisations.new_group", "/organisations/new/group", ADMINISTRATORS),
    Door("organisations.new_office", "/organisations/new/office", ADMINISTRATORS),
    Door("organisations.new_programme", "/organisations/new/programme", ADMINISTRATORS),
    Door("outbox.index", "/outbox", ADMINISTRATORS, methods=GET),
    Door("outbox.show", "/outbox/mails/none", NOBODY, ADMINISTRATORS, methods=GET),
    Door("outbox.retry", "/outbox/{dead_message}/retry", ADMINISTRATORS, methods=POST),
    Door("outbox.cancel", "/outbox/{waiting_message}/cancel", ADMINISTRATORS, methods=POST),
    Door("health.service", "/service-health", ADMINISTRATORS, methods=GET),
]

DRAFT_PAGES = (
    "issue", "story", "hopes", "waiting", "urgency", "background", "person", "office", "contact", "needs", "consent",
    "feedback", "duplicates",
)  # fmt: skip
OF_DRAFT = {"may": AUTHORS, "hidden": STRANGE_GROUPS}
# Where the office too has pages of the same kind: to it there is no such draft.
OF_DRAFT_TOO = {"may": AUTHORS, "hidden": OFFICES | STRANGE_GROUPS}
DRAFTS = [
    Door("mine.index", "/referrals", GROUPS, methods=GET),
    Door("mine.index", "/referrals?list=drafts", GROUPS, methods=GET),
    Door("mine.index", "/referrals?whose=mine", GROUPS, methods=GET),
    Door("mine.seen", "/referrals/news/seen", GROUPS, methods=POST),
    Door("signposts.index", "/signposts", GROUPS),
    # A count is taken back only by who made it.
    Door(
        "signposts.undo",
        "/signposts/{signpost}/undo",
        frozenset({people.VOLUNTEER}),
        GROUPS - {people.VOLUNTEER},
        methods=POST,
    ),
    Door("advice.new", "/advice/new", GROUPS),
    Door("paper.form", "/paper-form", GROUPS, methods=GET),
    Door("drafts.new", "/drafts/new", GROUPS),
    Door("drafts.stop", "/drafts/stop", GROUPS, methods=GET),
    Door("drafts.resume", "/drafts/{draft}", **OF_DRAFT, methods=GET),
    *(Door("drafts.question", f"/drafts/{{draft}}/{page}", **OF_DRAFT) for page in DRAFT_PAGES),
    Door("drafts.check", "/drafts/{draft}/check", **OF_DRAFT),
    Door("documents.index", "/drafts/{fresh_draft}/documents", **OF_DRAFT_TOO, methods=GET),
    Door("documents.add", "/drafts/{fresh_draft}/documents/add", **OF_DRAFT_TOO),
    *(
        Door(f"documents.{verb}", f"/drafts/{{fresh_draft}}/documents/{{draft_document}}{rest}", **OF_DRAFT_TOO)
        for verb, rest in (("share", "/share"), ("remove", "/remove"))
    ),
    Door("documents.fetch", "/drafts/{fresh_draft}/documents/{draft_document}", **OF_DRAFT_TOO, methods=GET),
    Door("kept.save", "/drafts/{draft}/kept/story", **OF_DRAFT_TOO, methods=POST),
    Door("drafts.discard", "/drafts/{fresh_draft}/discard", **OF_DRAFT),
    *of_referral("receipts.sent", "/sent", ("submitted", "closed"), AUTHORS, methods=GET),
    *of_referral("receipts.card", "/card", ("submitted", "closed"), AUTHORS, methods=GET),
]

# A view is its owner's, and a manager may rename and remove what anybody in the office shares.
OWNER = frozenset({people.CASEWORKER})
VIEWS = [
    Door("saved_views.index", "/queue/views", OFFICES, methods=GET),
    Door("saved_views.new", "/queue/views/new?tab=team&only=overdue", OFFICES),
    Door("saved_views.rename", "/queue/views/{shared_view}/rename", OWNER | MANAGER, STRANGE_OFFICES),
    Door("saved_views.remove", "/queue/views/{shared_view}/remove", OWNER | MANAGER, STRANGE_OFFICES, POST),
    *(
        Door(f"saved_views.{verb}", f"/queue/views/{{{view}}}/{verb}", OWNER, hidden, POST)
        for verb in ("share", "unshare")
        for view, hidden in (("shared_view", STRANGE_OFFICES), ("own_view", OFFICES - OWNER))
    ),
]

WORK = [
    Door("queue.index", "/queue", OFFICES, methods=GET),
    *(Door("queue.index", f"/queue?tab={tab}", OFFICES, methods=GET) for tab in ("unassigned", "team", "ended")),
    Door("queue.take", "/queue/take", OFFICE, STRANGE_OFFICES, methods=POST, data={"take": "{submitted} 1"}),
    *(
        Door(f"bulk.{verb}", f"/queue/bulk/{address}?row={{in_progress}}.9&row={{accepted}}.9", OFFICE, STRANGE_OFFICES)
        for verb, address in (("assign", "assign"), ("follow_up", "follow-up"))
    ),
    *VIEWS,
    Door("find.show", "/find", GROUPS | OFFICES),
    *of_referral("referrals.show", "", STATES, methods=GET),
    *of_referral("referrals.show", "", ("entered_in_error",), methods=GET),
    # Among the authors, a referral about the body behind the group is its writer's alone.
    *of_referral("referrals.show", "", ("conflict",), BOTH - LEADS, hidden=STRANGERS | {people.LEAD}, methods=GET),
    # A draft is no referral yet: to the office there is none, and its authors find it elsewhere.
    *of_referral("referrals.show", "", ("draft",), NOBODY, hidden=BOTH | STRANGERS, methods=GET),
    *of_referral("presence.here", "/here", ("submitted", "closed"), methods=POST),
    *of_referral("referrals.history", "/history", ("submitted", "closed"), methods=GET),
    *of_referral("notes.private", "/notes/private", ("submitted", "in_progress")),
    *of_referral("notes.message", "/notes/message", ("submitted", "in_progress")),
    *of_referral(
        "notes.share", "/notes/{group_note}/share", ("in_progress",), AUTHORS, hidden=OFFICE | STRANGERS, methods=GET
    ),
    *of_referral("notes.share", "/notes/{office_note}/share", ("in_progress",), OFFICE, hidden=AUTHORS | STRANGERS),
    # A note of another referral.
    *of_referral("notes.share", "/notes/{office_note}/share", ("accepted",), NOBODY, hidden=BOTH | STRANGERS),
    *of_referral("kept.save", "/kept/notes/private", ("in_progress",), methods=POST),
    *of_referral("kept.forget", "/forget/notes/private", ("in_progress",), methods=POST),
    *of_referral("packs.new", "/pack", ("in_progress", "closed")),
    *of_document("/documents/add", "documents.add", BOTH, STRANGERS),
    *of_document("/documents/{group_document}", "documents.fetch", AUTHORS, OFFICE | STRANGERS, methods=GET),
    *of_document("/documents/{office_document}", "documents.fetch", OFFICE, AUTHORS | STRANGERS, methods=GET),
    *of_document("/documents/{shared_document}", "documents.fetch", BOTH, STRANGERS, methods=GET),
    *(
        door
        for verb in ("share", "remove")
        for door in (
            *of_document(f"/documents/{{group_document}}/{verb}", f"documents.{verb}", AUTHORS, OFFICE | STRANGERS),
            *of_document(f"/documents/{{office_document}}/{verb}", f"documents.{verb}", OFFICE, AUTHORS | STRANGERS),
            # The other side may open it, and change nothing about it.
            *of_document(f"/documents/{{shared_document}}/{verb}", f"documents.{verb}", OFFICE, STRANGERS),
        )
    ),
    Door("transfers.index", "/offers", OFFICES, methods=GET),
    Door("transfers.show", "/offers/{offered}", OFFICES, methods=GET),
    # The office that took it on goes to the referral, the one that had it reads that it had it.
    Door("transfers.show", "/offers/{taken_on}", OFFICES, methods=GET),
    # Of what it did not take on, an office sees nothing any more.
    Door("transfers.show", "/offers/{refused}", OFFICE, STRANGE_OFFICES, methods=GET),
    Door("transfers.answer", "/offers/{refused}/accept", NOBODY, STRANGE_OFFICES, methods=GET),
    *(Door("transfers.answer", f"/offers/{{offered}}/{step}", STRANGE_OFFICES) for step in ("accept", "reject")),
    Door("transfers.answer", "/offers/{revocable}/revoke", frozenset({people.MANAGER})),
    *of_referral(
        "transfers.new",
        "/transfer",
        ("in_progress",),
        frozenset({people.MANAGER}),
        hidden=frozenset({people.OTHER_MANAGER}),
    ),
    *of_referral("referrals.show", "", ("on_offer",), methods=GET),
    *of_referral(
        "referrals.show",
        "",
        ("handed_on",),
        BOTH | STRANGE_OFFICES,
        hidden=STRANGE_GROUPS,
        methods=GET,
        tells=STRANGE_OFFICES,
    ),
    *of_referral(
        "referrals.history",
        "/history",
        ("handed_on",),
        AUTHORS | STRANGE_OFFICES,
        hidden=OFFICE | STRANGE_GROUPS,
        methods=GET,
    ),
    *of_referral("writing.choose", "/letters/new", ("submitted", "in_progress", "closed"), OFFICE, methods=GET),
    *of_referral("writing.to", "/letters/new/holding_resident", ("in_progress",), OFFICE),
    *of_referral("writing.to", "/letters/new/enquiry", ("in_progress",), OFFICE),
    *of_referral("writing.letter", "/letters/new/holding_resident/through-group", ("in_progress",), OFFICE),
    *of_referral("writing.letter", "/letters/new/acknowledgement_group/group", ("in_progress",), OFFICE),
    *of_referral(
        "writing.letter", "/letters/new/gibberish/group", ("in_progress",), NOBODY, hidden=OFFICES, methods=GET
    ),
    *of_referral("writing.agree", "/letters/new/enquiry/hmrc/agree", ("in_progress",), OFFICE),
    *of_letter("", "letters.show", "office_letter", OFFICE, AUTHORS | STRANGERS, methods=GET),
    *of_letter("", "letters.show", "group_letter", BOTH, STRANGERS, methods=GET),
    *of_letter("/file/txt", "letters.fetch", "office_letter", OFFICE, AUTHORS | STRANGERS, methods=GET),
    *of_letter("/file/pdf", "letters.fetch", "group_letter", BOTH, STRANGERS, methods=GET),
    *of_letter("/sent", "letters.sent", "office_letter", OFFICE, STRANGE_OFFICES),
    *of_letter("/share", "letters.share", "office_letter", OFFICE, STRANGE_OFFICES),
    *of_letter("/share", "letters.share", "group_letter", OFFICE, STRANGE_OFFICES),
    *of_letter("/discard", "letters.discard", "office_letter", OFFICE, STRANGE_OFFICES),
    Door("stationery.index", "/stationery", MANAGERS, methods=GET),
    Door("stationery.letterhead", "/stationery/letterhead", MANAGERS),
    Door("stationery.text", "/stationery/enquiry", MANAGERS),
    Door("stationery.text", "/stationery/gibberish", NOBODY, MANAGERS, methods=GET),
    Door("stationery.versions", "/stationery/enquiry/versions", MANAGERS),
    *of_referral("milestones.new", "/milestones", ("in_progress",)),
    *of_referral("milestones.next_action", "/next-action", ("in_progress",), OFFICE),
    *of_referral("milestones.from_date", "/milestones/from/{date}", ("in_progress",), methods=POST),
    # A date of another referral.
    *of_referral("milestones.from_date", "/milestones/from/{date}", ("accepted",), NOBODY, **STRANGE, methods=POST),
    *of_referral("milestones.facets", "/facets", ("submitted", "in_progress"), OFFICE),
    *of_referral("milestones.turn", "/turn", ("in_progress",), OFFICE),
    *of_referral("links.new", "/links/new", ("submitted", "in_progress")),
    # What the office said of two, the office takes back; to the group, and on another's page, there is no such link.
    *of_referral("links.remove", "/links/{link}/remove", ("submitted",), OFFICE, hidden=AUTHORS | STRANGERS),
    *of_referral("links.remove", "/links/{link}/remove", ("in_progress",), NOBODY, hidden=BOTH | STRANGERS),
    *of_referral("deadlines.choose", "/dates/new", ("submitted", "in_progress", "closed"), methods=GET),
    *of_referral("deadlines.rules", "/dates/rules", ("in_progress",), methods=GET),
    *of_referral("deadlines.new", "/dates/new/benefit_decision", ("submitted", "in_progress")),
    *of_referral("deadlines.new", "/dates/new/emergency_hazard_known", ("in_progress",)),
    *of_referral("deadlines.new", "/dates/new/gibberish", ("in_progress",), NOBODY, hidden=BOTH | STRANGERS),
    *of_referral("deadlines.withdraw", "/dates/{date}/withdraw", ("in_progress",)),
    # A date of another referral.
    *of_referral("deadlines.withdraw", "/dates/{date}/withdraw", ("accepted",), NOBODY, hidden=BOTH | STRANGERS),
    *of_referral("deadlines.change", "/dates/{date}/mr_request/change", ("in_progress",)),
    *of_referral(
        "deadlines.change", "/dates/{date}/gibberish/change", ("in_progress",), NOBODY, hidden=BOTH | STRANGERS
    ),
    *of_referral("deadlines.count_again", "/dates/{date}/mr_request/count-again", ("in_progress",), methods=POST),
    *of_referral("deadlines.end", "/dates/{date}/mr_request/end", ("in_progress",)),
    *of_referral("deadlines.open_again", "/dates/{date}/mr_request/open-again", ("in_progress",), methods=POST),
    Door("enquiries.index", "/enquiries", OFFICES, methods=GET),
    Door("enquiries.index", "/enquiries?agency=dwp", OFFICES, methods=GET),
    *of_referral("enquiries.choose", "/enquiries/new", ("accepted", "in_progress"), OFFICE, methods=GET),
    *of_referral("enquiries.new", "/enquiries/new/dwp", ("accepted", "in_progress", "on_hold"), OFFICE),
    *of_referral("enquiries.new", "/enquiries/new/nobody", ("in_progress",), NOBODY, hidden=OFFICES),
    *of_referral("enquiries.answer", "/enquiries/{enquiry}/answer", ("in_progress",), OFFICE),
    *of_referral("enquiries.chase", "/enquiries/{enquiry}/chase", ("in_progress",), OFFICE),
    *of_referral("enquiries.change", "/enquiries/{enquiry}/change", ("in_progress",), OFFICE),
    # An enquiry of another referral.
    *of_referral("enquiries.answer", "/enquiries/{enquiry}/answer", ("accepted",), NOBODY, hidden=OFFICES),
    *of_referral("any_news.ask", "/news/ask", ("submitted",), AUTHORS, methods=POST),
    *of_referral("any_news.answer", "/news/answer", ("in_progress",), OFFICE),
    *of_referral("evidence.attach", "/evidence", ("outcome_recorded", "closed")),
    *of_referral("later.answer", "/after-four-weeks/{later}", ("asked_later",), AUTHORS),
    # What another referral is asked about.
    *of_referral("later.answer", "/after-four-weeks/{later}", ("closed",), NOBODY, hidden=AUTHORS | STRANGE_GROUPS),
    *of_referral("consents.index", "/consents", ("in_progress", "closed"), methods=GET),
    *of_referral("consents.withdraw", "/consents/{agreement}/withdraw", ("in_progress",)),
    *of_referral("consents.withdraw", "/consents/{agreement}/withdraw", ("closed",), NOBODY, hidden=BOTH | STRANGERS),
    *(door for end in ("feedback", "transfer") for door in of_referral(f"consents.{end}", f"/consents/{end}", OPEN)),
    *of_referral("consents.approve", "/consents/{ground}/approve", OPEN, LEAD, hidden=LEADS - LEAD, methods=POST),
]

# Each transition, the state it is tried from, and who may make it.
MOVES: dict[str, tuple[str, People]] = {
    "resubmit": ("returned_with_advice", AUTHORS),
    "accept": ("submitted", OFFICE),
    "request_information": ("submitted", OFFICE),
    "provide_information": ("information_requested", AUTHORS),
    "return_with_advice": ("submitted", OFFICE),
    "decline": ("submitted", OFFICE),
    "assign": ("in_progress", OFFICE),
    "correct_postcode": ("in_progress", AUTHORS),
    "hand_over": ("in_progress", frozenset({people.LEAD})),
    "start": ("accepted", OFFICE),
    "hold": ("in_progress", OFFICE),
    "resume": ("on_hold", OFFICE),
    "record_outcome": ("in_progress", OFFICE),
    "confirm_outcome": ("outcome_recorded", AUTHORS),
    "dispute_outcome": ("outcome_recorded", AUTHORS),
    # Of a request for advice, which was sent.
    "answer": ("advice", OFFICE),
    "close": ("outcome_recorded", OFFICE),
    "withdraw": ("submitted", BOTH),
    "reopen": ("closed", BOTH),
    "mark_entered_in_error": ("submitted", AUTHORS | {people.MANAGER}),
}


def of_move(name: str) -> list[Door]:
    """The form of a transition, in a state it is made from. Who may read the referral is refused, strangers are not."""
    state, may = MOVES[name]
    address = f"/referrals/{{{state}}}/{name.replace('_', '-')}"
    return [Door("moves.new", address, may, STRANGERS)]


# Sending is not one of the forms of a referral, and a word that is no transition is nothing.
NO_MOVES = [
    Door("moves.new", f"/referrals/{{submitted}}/{name}", NOBODY, BOTH | STRANGERS)
    for name in ("submit", "accept-transfer", "gibberish")
]

DOORS: list[Door] = [
    *PUBLIC,
    *ACCOUNT,
    *PEOPLE,
    *SERVICE,
    *DRAFTS,
    *WORK,
    *REPORTS,
    *IMPACT,
    *STORIES,
    *(door for name in MOVES for door in of_move(name)),
    *NO_MOVES,
]
