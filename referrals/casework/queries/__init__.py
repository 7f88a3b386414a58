"""Reads of casework: every one takes the viewer, and to a stranger there is nothing."""

from referrals.casework.queries.any_news import AnyNews, any_news
from referrals.casework.queries.attention import Attention, Here, attention, kept_text, others_here
from referrals.casework.queries.calendar import CalendarDay, calendar_days
from referrals.casework.queries.choices import Choice, case_people, choices_for, people_of
from referrals.casework.queries.deadlines import Dated, dated, dated_event, deadline, kind_label
from referrals.casework.queries.enquiries import EnquiryLine, enquiries_of, enquiry, history_of
from referrals.casework.queries.finding import Found, Hit, search
from referrals.casework.queries.group import GROUP_TABS, drafts, home, my_referrals
from referrals.casework.queries.happened import happened
from referrals.casework.queries.hearing import Standing, standing_of
from referrals.casework.queries.holdings import MOST_SHOWN, count_held, held
from referrals.casework.queries.later import (
    DueLater,
    Later,
    due_later,
    later_answer,
    later_answers,
    later_timeline,
    waits_later,
)
from referrals.casework.queries.lines import Line, Page, lines_named
from referrals.casework.queries.links import Other, Others, link, others
from referrals.casework.queries.narrowing import AGES, FILTERS, Known, Narrowed, known_to, narrowed, offered
from referrals.casework.queries.news import Bulletin, Happened, News, bulletin
from referrals.casework.queries.one import Strip, consent, consents_of, draft, referral, strip
from referrals.casework.queries.queue import QUEUE_TABS, queue, sorts_of
from referrals.casework.queries.results import outcome_of
from referrals.casework.queries.saved_views import ViewLine, saved_view, saved_views
from referrals.casework.queries.signposts import SignpostLine, signposted_this_month, signposts
from referrals.casework.queries.steps import OfferedStep, offered_steps
from referrals.casework.queries.summaries import summaries
from referrals.casework.queries.timeline import TimelineEntry, milestones, named, notes, own_note, timeline
from referrals.casework.queries.transfers import (
    Offer,
    Transfers,
    offer,
    offers_by,
    offers_to,
    passed_on,
    transfer,
    transfers_of,
    was_offered,
)
from referrals.casework.queries.waiting import OpenEnquiries, OpenEnquiry, open_enquiries

__all__ = [
    "AGES",
    "FILTERS",
    "GROUP_TABS",
    "MOST_SHOWN",
    "QUEUE_TABS",
    "AnyNews",
    "Attention",
    "Bulletin",
    "CalendarDay",
    "Choice",
    "Dated",
    "DueLater",
    "EnquiryLine",
    "Found",
    "Happened",
    "Here",
    "Hit",
    "Known",
    "Later",
    "Line",
    "Narrowed",
    "News",
    "Offer",
    "OfferedStep",
    "OpenEnquiries",
    "OpenEnquiry",
    "Other",
    "Others",
    "Page",
    "SignpostLine",
    "Standing",
    "Strip",
    "TimelineEntry",
    "Transfers",
    "ViewLine",
    "any_news",
    "attention",
    "bulletin",
    "calendar_days",
    "case_people",
    "choices_for",
    "consent",
    "consents_of",
    "count_held",
    "dated",
    "dated_event",
    "deadline",
    "draft",
    "drafts",
    "due_later",
    "enquiries_of",
    "enquiry",
    "happened",
    "held",
    "history_of",
    "home",
    "kept_text",
    "kind_label",
    "known_to",
    "later_answer",
    "later_answers",
    "later_timeline",
    "lines_named",
    "link",
    "milestones",
    "my_referrals",
    "named",
    "narrowed",
    "notes",
    "offer",
    "offered",
    "offered_steps",
    "offers_by",
    "offers_to",
    "open_enquiries",
    "others",
    "others_here",
    "outcome_of",
    "own_note",
    "passed_on",
    "people_of",
    "queue",
    "referral",
    "saved_view",
    "saved_views",
    "search",
    "signposted_this_month",
    "signposts",
    "sorts_of",
    "standing_of",
    "strip",
    "summaries",
    "timeline",
    "transfer",
    "transfers_of",
    "waits_later",
    "was_offered",
]
