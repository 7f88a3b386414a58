"""Forms of case studies: a section each, the facts beside them, being recognised, the agreement, and the steps."""

from collections.abc import Mapping
from typing import Any, Final

from referrals.directory import lists
from referrals.foundation.clock import today
from referrals.stories.actions.ending import AGREEMENT_WITHDRAWN, REASONS
from referrals.stories.actions.stepping import LONGEST_WORDS
from referrals.stories.actions.writing import LONGEST_DONE
from referrals.stories.policy import NO, OBJECTS, YES
from referrals.stories.sections import TITLE, Section
from referrals.stories.workflow import MONTHS
from referrals.web.forms.base import GovForm, make_form
from referrals.web.forms.casework import PlainForm
from referrals.web.forms.choice import Checkbox, Checkboxes, Option, Radios
from referrals.web.forms.dates import Day
from referrals.web.forms.text import LongText, Text, Words

LENGTHS: Final = (3, 6, 12, 18, 24)
_NOT_OFFERED: Final = frozenset({"nobody", "none"})


def section_form(section: Section) -> type[GovForm]:
    """The form of one section."""
    required = "Write something here" if section.required else False
    field: Words
    if section.code == TITLE:
        field = Text(section.question, thing="the title", required=required, longest=section.longest, hint=section.hint)
    else:
        field = LongText(
            section.question,
            thing="this text",
            required=required,
            longest=section.longest,
            hint=section.hint,
            rows=8,
        )
    return make_form("SectionForm", {"words": field})


def checks_form() -> type[GovForm]:
    """The form with every question about being recognised, each with what was done about it."""
    fields: dict[str, Any] = {}
    for item in lists.current("story_checks"):
        options = [Option(YES, "Yes", reveals=f"{item.code}_done"), Option(NO, "No")]
        fields[item.code] = Radios(item.label, options, required="Select yes or no", hint=item.hint or "")
        fields[f"{item.code}_done"] = LongText(
            "What have you done about it?",
            thing="what you have done",
            required=False,
            longest=LONGEST_DONE,
            rows=2,
        )
    return make_form("ChecksForm", fields)


def answers_in(form: GovForm) -> dict[str, dict[str, str]]:
    """What was answered, as the action takes it."""
    codes = [item.code for item in lists.current("story_checks")]
    return {code: {"answer": form[code].data or "", "done": form[f"{code}_done"].data or ""} for code in codes}


def answers_of(checks: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What was answered before, as the form takes it."""
    found = {code: one["answer"] for code, one in checks.items()}
    return found | {f"{code}_done": one["done"] for code, one in checks.items()}


class FactsForm(GovForm):
    """Which facts stand beside the story."""

    facts = Checkboxes(
        "Which of these may stand beside it?",
        (),
        thing="the facts",
        required=False,
        hint="They are made general already. Leave out what could point to one person.",
    )
    names_mp = Checkbox("Name the MP, if their office agrees")


class AgreementForm(GovForm):
    """What the person agreed to for this case study."""

    given_by = Radios("Who agreed?", (), required="Say who agreed")
    method = Radios("How did they agree?", (), required="Say how they agreed")
    given_on = Day("On which day?", thing="the day", required="Enter the day they agreed", past=True, default=today)
    covers = Checkboxes(
        "What may be told, beside the story itself?", lambda: lists.current("story_coverage"), required=False
    )
    places = Checkboxes(
        "Where may it be shown?", lambda: lists.current("story_places"), required="Choose where it may be shown"
    )
    months = Radios(
        "For how long?",
        [Option(str(number), f"{number} months") for number in LENGTHS],
        required="Say for how long",
        default=str(MONTHS),
        hint="From the day they agreed. Then it is taken down, unless they agree again.",
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        for field, list_code in ((self.given_by, "consent_capacities"), (self.method, "consent_methods")):
            field.offer([item for item in lists.current(list_code) if item.code not in _NOT_OFFERED])


class SubmitForm(GovForm):
    """That it is ready to be read by somebody else."""

    heard = Checkbox(
        "The person has read or heard this text as it stands, and agrees to it",
        required="Read it to the person first, and confirm that they agree to it",
    )


class ApproveForm(GovForm):
    """That somebody else has read it."""

    read = Checkbox(
        "I have read all of it, and see nothing that says who the person is",
        required="Confirm that you have read it",
    )


class SendBackForm(GovForm):
    """Why it is not approved as it is."""

    words = LongText("What should change?", required="Say what should change", longest=LONGEST_WORDS)


class AnswerForm(GovForm):
    """What the other side says to it."""

    answer = Radios("What do you say to it?", (), required="Choose what you say to it")
    words = LongText(
        "What should change?",
        required=False,
        longest=LONGEST_WORDS,
        hint="The organisation that tells it reads this, and changes it before anything is shown.",
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.offer_answers(named=True)

    def offer_answers(self, *, named: bool) -> None:
        """Offer the answers; that the MP may be named only where that is asked."""
        codes = [item for item in lists.current("story_answers") if named or item.code != "named"]
        self.answer.offer(
            [Option(item.code, item.label, reveals="words" if item.code == OBJECTS else "") for item in codes]
        )


class WithdrawForm(GovForm):
    """Why it is taken down."""

    why = Radios("Why is it taken down?", (), required="Choose why it is taken down")
    words = LongText(
        "How did they tell you, and when?",
        required=False,
        longest=LONGEST_WORDS,
        rows=3,
        hint="For example: she told me on the telephone this morning.",
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.why.offer(
            [
                Option(code, lists.label("story_endings", code), reveals="words" if code == AGREEMENT_WITHDRAWN else "")
                for code in REASONS
            ]
        )

    def ask_no_words(self) -> None:
        """Ask for the reason alone: whose record it was hands it on, and writes nothing into it any more."""
        self.why.offer([Option(code, lists.label("story_endings", code)) for code in REASONS])


FORMS: Final[dict[str, type[GovForm]]] = {
    "submit": SubmitForm,
    "approve": ApproveForm,
    "publish": PlainForm,
    "answer": AnswerForm,
    "send_back": SendBackForm,
    "take_back": PlainForm,
    "withdraw": WithdrawForm,
}
