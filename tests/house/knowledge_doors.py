"""The doors of the answers that an area and its MP's office keep: for these two, and for nobody else."""

from tests import people
from tests.house.doors import BOTH, GROUPS, LEAD, LEADS, MANAGER, MANAGERS, OFFICES, STRANGERS, Door

GET, POST = ("GET",), ("POST",)
READERS = BOTH | {people.SECOND_VOLUNTEER}
# Of the other area and the other office.
OUTSIDERS = (GROUPS | OFFICES) - READERS
# Who wrote it, a caseworker, and who may check it.
CONCERNED = LEAD | MANAGER | {people.CASEWORKER}

KNOWLEDGE = [
    Door("knowledge.index", "/answers", GROUPS | OFFICES),
    Door("knowledge.new", "/answers/new/{answered}", BOTH, STRANGERS),
    Door("knowledge.show", "/answers/{kept_answer}", READERS, OUTSIDERS, methods=GET),
    Door("knowledge.show", "/answers/{waiting_answer}", CONCERNED, (GROUPS | OFFICES) - CONCERNED, methods=GET),
    Door("knowledge.correct", "/answers/{kept_answer}/correct", READERS, OUTSIDERS),
    Door("knowledge.check", "/answers/{waiting_answer}/check", LEAD | MANAGER, (LEADS | MANAGERS) - LEAD - MANAGER),
    Door("knowledge.confirm", "/answers/{kept_answer}/still-right", READERS, OUTSIDERS, methods=POST),
    Door("knowledge.take_down", "/answers/{kept_answer}/take-down", READERS, OUTSIDERS),
]
