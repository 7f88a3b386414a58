"""The words of every mail: each class has a template and back, and nothing but a reference and a link gets in."""

import re
from dataclasses import fields

import pytest

import config
from referrals.notifications.messages import Haste, Message
from referrals.notifications.notices import WORDS
from referrals.notifications.rendering import CannotRender, render
from referrals.notifications.settings import MailSettings

TEMPLATES = config.ROOT / "templates" / "email"
SETTINGS = MailSettings(base_url="https://referrals.example", templates=TEMPLATES, sender="no-reply@referrals.example")
KINDS = sorted(Message.kinds)
# What must never come by mail, whatever it is about.
TELLTALE = re.compile(
    r"\b(MP|member of parliament|constituen|resident|housing|health|benefit|welfare|universal credit|council)\b",
    re.IGNORECASE,
)


def params_of(kind: str, path: str = "/canary/path", reference: str = "R-CNRY-001") -> dict[str, str]:
    """Params for a message of this kind, each easy to recognise."""
    known = {"path": path, "reference": reference, "number": "3", "references": f"{reference}:2", "further": "0"}
    return {field.name: known[field.name] for field in fields(Message.kinds[kind])}


def test_every_class_has_a_template_and_back() -> None:
    files = {path.name for path in TEMPLATES.glob("*.txt") if not path.name.startswith("_")}
    assert files == {kind.template() for kind in Message.kinds.values()}


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_reference_and_the_link_come_from_outside(kind: str) -> None:
    first = render(kind, params_of(kind), SETTINGS)
    second = render(kind, params_of(kind, "/another/way", "R-THER-002"), SETTINGS)
    assert "https://referrals.example/canary/path" in first.body.splitlines()
    blank = [
        (letter.subject + "\n" + letter.body).replace(f"https://referrals.example{path}", "").replace(reference, "")
        for letter, path, reference in (
            (first, "/canary/path", "R-CNRY-001"),
            (second, "/another/way", "R-THER-002"),
        )
    ]
    assert blank[0] == blank[1]
    assert "canary" not in blank[0].lower()


@pytest.mark.parametrize("kind", KINDS)
def test_poison_is_refused(kind: str) -> None:
    for name in params_of(kind):
        with pytest.raises(CannotRender):
            render(kind, params_of(kind) | {name: "Mrs Canary\nBcc: canary@elsewhere.example"}, SETTINGS)
    with pytest.raises(CannotRender):
        render(kind, params_of(kind) | {"name": "Mrs Canary"}, SETTINGS)
    with pytest.raises(CannotRender):
        render(kind, {}, SETTINGS)


@pytest.mark.parametrize("kind", KINDS)
def test_it_names_nobody_and_no_topic(kind: str) -> None:
    letter = render(kind, params_of(kind), SETTINGS)
    assert not TELLTALE.search(letter.subject + letter.body)


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_well_in_any_mail_program(kind: str) -> None:
    letter = render(kind, params_of(kind), SETTINGS)
    assert letter.body.isascii()
    assert max(len(line) for line in letter.body.splitlines()) <= 78
    assert 10 <= len(letter.subject) <= 70
    assert "!" not in letter.subject + letter.body
    assert "{" not in letter.subject + letter.body
    assert "do not reply" in letter.body.replace("\n", " ")
    assert ("R-CNRY-001" in letter.subject) == ("reference" in params_of(kind))


def test_every_message_but_account_mail_has_words_for_its_notice() -> None:
    told = {name for name, kind in Message.kinds.items() if kind.haste is not Haste.ACCOUNT}
    assert set(WORDS) == told, "each class of messages.py has its sentence in notices.py, and nothing else has one"


@pytest.mark.parametrize("kind", sorted(WORDS))
def test_a_notice_is_one_plain_sentence(kind: str) -> None:
    assert 10 <= len(WORDS[kind]) <= 80
    assert not set(WORDS[kind]) & set("!{}<>%")
    assert WORDS[kind][0].isupper()


def test_no_two_mails_have_the_same_subject() -> None:
    subjects = [render(kind, params_of(kind), SETTINGS).subject for kind in KINDS]
    assert len(set(subjects)) == len(subjects)


def test_an_unknown_kind_cannot_be_rendered() -> None:
    with pytest.raises(CannotRender, match="Nothing"):
        render("Nothing", {"path": "/"}, SETTINGS)
