"""The doors of the impact reports of a group, in each state, and who may go through."""

from tests import people
from tests.house.doors import LEAD, NOBODY, Door
from tests.house.report_doors import GET, REPORTERS

# The group's own reports. Its programme's coordinator reads what it issued; to everybody else there is none.
CORA = frozenset({people.COORDINATOR})
STRANGERS = REPORTERS - LEAD
IMPACT = [
    Door("impact.index", "/impact", REPORTERS, methods=GET),
    Door("impact.new", "/impact/new", REPORTERS),
    Door("impact.show", "/impact/{draft_report}", LEAD, STRANGERS, methods=GET),
    Door("impact.show", "/impact/{issued_report}", LEAD | CORA, STRANGERS - CORA, methods=GET),
    Door("impact.section", "/impact/{draft_report}/sections/learned", LEAD, STRANGERS),
    Door("impact.section", "/impact/{draft_report}/sections/gibberish", NOBODY, REPORTERS, methods=GET),
    Door("impact.fetch", "/impact/{issued_report}/file/pdf", LEAD | CORA, STRANGERS - CORA, methods=GET),
    Door("impact.fetch", "/impact/{draft_report}/file/pdf", NOBODY, REPORTERS, methods=GET),
    Door("issuing.approve", "/impact/{finished_report}/approve", LEAD, STRANGERS),
    Door("issuing.reopen", "/impact/{approved_report}/reopen", LEAD, STRANGERS),
    Door("issuing.issue", "/impact/{approved_report}/issue", LEAD, STRANGERS),
    Door("issuing.discard", "/impact/{draft_report}/discard", LEAD, STRANGERS),
    Door("issuing.correct", "/impact/{issued_report}/correct", LEAD, STRANGERS - CORA),
]
