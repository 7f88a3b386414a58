"""The words a resident agrees to, by version: what is read out to them, and what each consent record points back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Wording:
    """One version of the words. `{group}` and `{office}` stand for the names; once used, a version never changes."""

    version: str
    group_to_office: tuple[str, ...]
    health: str
    # That the case goes to another office; `{office}` is the one that has it.
    transfer: tuple[str, ...]
    # By scope: none, status, outcome, full.
    office_to_group: Mapping[str, str]
    # `{agency}` is the body that is contacted.
    office_to_agency: str
    # That the story is told without names; `{teller}` is who tells it, `{group}` and `{office}` are the two sides.
    story: tuple[str, ...]
    # By the codes of the lists story_coverage and story_places.
    story_parts: Mapping[str, str]

    def request(self, *, group: str, office: str) -> list[str]:
        """What the resident says yes to, sentence by sentence, with the names put in."""
        return [sentence.format(group=group, office=office) for sentence in self.group_to_office]

    def health_request(self, *, group: str, office: str) -> str:
        """The separate, explicit yes to sending health information."""
        return self.health.format(group=group, office=office)

    def handing_on(self, *, group: str, office: str) -> list[str]:
        """What the resident says yes to before another office is offered their case."""
        return [sentence.format(group=group, office=office) for sentence in self.transfer]

    def feedback(self, scope: str, *, group: str, office: str) -> str:
        """What the resident allows the office to tell the group; KeyError for a scope that does not exist."""
        return self.office_to_group[scope].format(group=group, office=office)

    def contact(self, *, agency: str, office: str) -> str:
        """What the resident allows the office to say to one body."""
        return self.office_to_agency.format(agency=agency, office=office)

    def telling(self, *, teller: str, group: str, office: str) -> list[str]:
        """What the resident says yes to before their story is told, whatever it covers and wherever it is shown."""
        return [sentence.format(teller=teller, group=group, office=office) for sentence in self.story]


CURRENT: Final = "2026-11"

WORDINGS: Final[Mapping[str, Wording]] = {
    CURRENT: Wording(
        version=CURRENT,
        group_to_office=(
            "I am asking {office} for help, and {group} is writing for me.",
            "{group} may send {office} what we wrote down together: who I am, how to reach me, and what has happened.",
            "They may use it to work on this problem, and keep it as their own record.",
            "I can change my mind at any time by telling {group} or {office}.",
        ),
        health=(
            "It may include my health, and other very personal things that matter for this problem. "
            "I agree that {group} sends those to {office} too."
        ),
        transfer=(
            "{office} may ask the other office to take my case on, and tell it why.",
            "If it does, it gets everything that {group} and {office} share about me and my case.",
            "{office} then reads it no more.",
            "I can change my mind at any time by telling {group} or either office.",
        ),
        office_to_group={
            "none": "{group} hears nothing more from {office}. They speak only with me.",
            "status": "{group} may hear from {office} how far it has got, but not what came of it.",
            "outcome": "{group} may hear from {office} how far it has got, and what came of it.",
            "full": "{group} may talk with {office} about everything in this case.",
        },
        office_to_agency=(
            "{office} may contact this body about my problem: {agency}. "
            "They may tell it who I am and what has happened, and ask what is needed to put it right."
        ),
        story=(
            "{teller} may tell what happened to me as a story, so that others learn from it.",
            "It does not say my name, my address or anything else that says who I am.",
            "It is read to me before anybody else can see it, and I can have it changed.",
            "{group} and {office} may both read it before it is shown.",
            "I can change my mind at any time by telling {group} or {office}, and it is taken down.",
            "What others have copied by then cannot be called back.",
            "The help I get with this problem does not depend on it.",
        ),
        story_parts={
            "quote": "What I said may stand in it, in my own words.",
            "picture": "A picture that I chose may stand beside it.",
            "page": "Everybody may read it on a public page.",
            "file": "It may be given out as a file, for funders, boards and meetings.",
            "report": "Reports about what the work has achieved may name it.",
        },
    )
}


def current() -> Wording:
    """The words read out today."""
    return WORDINGS[CURRENT]
