"""The verbs of documents: each checks who may, changes, records and tells, and never commits."""

from referrals.documents.actions.adding import Addition, Ready, add, let_go, prepare, tidy_name
from referrals.documents.actions.changing import remove, share
from referrals.documents.actions.evidencing import PAPERS, attach_evidence
from referrals.documents.actions.listing import read_draft_list
from referrals.documents.actions.opening import Unreadable, content_of, record_reading
from referrals.documents.actions.packing import must_take_away, record_taking
from referrals.documents.actions.tending import check_contents, clear_contents, delete_content, scan_waiting

__all__ = [
    "PAPERS",
    "Addition",
    "Ready",
    "Unreadable",
    "add",
    "attach_evidence",
    "check_contents",
    "clear_contents",
    "content_of",
    "delete_content",
    "let_go",
    "must_take_away",
    "prepare",
    "read_draft_list",
    "record_reading",
    "record_taking",
    "remove",
    "scan_waiting",
    "share",
    "tidy_name",
]
