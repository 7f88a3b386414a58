"""Finding in a text what says who somebody is, by comparing it with what the referral holds.

What is found for sure keeps a case study from being published; what may mean something else is only pointed out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from jellyfish import damerau_levenshtein_distance

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_POSTCODE: Final = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][A-Z]{2}\b", re.IGNORECASE)
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?:\+44|\b0)(?:[\s().-]?[0-9]){9,10}\b")
_INSURANCE: Final = re.compile(r"\b[A-Z]{2}\s?(?:[0-9]{2}\s?){3}[A-D]\b", re.IGNORECASE)
_MONTHS: Final = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE: Final = re.compile(
    rf"\b[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTHS})\b|\b(?:{_MONTHS}) [0-9]{{1,2}}\b(?!,?[0-9])"
    r"|\b[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}\b"
)
_SUM: Final = re.compile(r"£\s?([0-9][0-9,]*)(?:\.([0-9]{2}))?")
_AGE: Final = re.compile(r"\b(?:aged? [0-9]{1,3}|[0-9]{1,3}[ -]years?[ -]old)\b", re.IGNORECASE)
# Words of an address that say nothing by themselves.
_STREET_WORDS: Final = frozenset(
    {
        *("avenue", "building", "buildings", "close", "court", "crescent", "drive", "estate", "flat", "flats"),
        *("gardens", "gate", "green", "grove", "hall", "hill", "house", "lane", "lodge", "mansions", "mews", "park"),
        *("place", "rise", "road", "row", "square", "street", "terrace", "the", "tower", "towers", "view", "walk"),
        *("way", "yard"),
    }
)
_TITLES: Final = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "the", "mp"})
_SHORTEST_NAME: Final = 3
# From this length on a name that differs in one letter is taken for a misspelling.
_MISSPELT: Final = 5
_SHORTEST_CODE: Final = 5


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the referral holds that would say who it is about; empty texts are nothing."""

    name: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    agency_reference: str = ""
    reference: str = ""
    # The name of the MP, who is shown apart and only when their office agrees.
    member: str = ""
    # The body that was asked, which a story calls by its kind, and the MP's seat.
    body: str = ""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text: in which section, what it is, and the words that were found."""

    section: str
    what: str
    words: str
    sure: bool


def findings(texts: Mapping[str, str], held: Held) -> list[Finding]:
    """Everything that was found in these texts, by section, each thing once; what is sure comes first in each."""
    found: dict[tuple[str, str, str], Finding] = {}
    for section, text in texts.items():
        for one in sorted(_in_text(section, text, held), key=lambda one: not one.sure):
            found.setdefault((section, one.what, one.words.casefold()), one)
    return list(found.values())


def _in_text(section: str, text: str, held: Held) -> Iterator[Finding]:
    for what, look in _LOOKS.items():
        for words, sure in look(text, held):
            yield Finding(section, what, words, sure)


Hits = Iterator[tuple[str, bool]]


def _name(text: str, held: Held) -> Hits:
    yield from _names(text, held.name)


def _member(text: str, held: Held) -> Hits:
    yield from _names(text, held.member)


def _names(text: str, name: str) -> Hits:
    """Each part of a name; written small it may be a word like any other ("may", "will")."""
    parts = {part.casefold() for part in re.split(r"[\s.,-]+", name) if len(part) >= _SHORTEST_NAME}
    parts -= _TITLES
    for word in _WORD.findall(text):
        for part in re.split(r"[-]", re.sub(r"['’]s$", "", word)):
            low = part.casefold()
            if low in parts:
                yield part, part[:1].isupper()
            elif part[:1].isupper() and any(_is_misspelt(low, known) for known in parts):
                yield part, False


def _is_misspelt(word: str, name: str) -> bool:
    return min(len(word), len(name)) >= _MISSPELT and damerau_levenshtein_distance(word, name) == 1


def _postcode(text: str, held: Held) -> Hits:
    yield from ((found[0], True) for found in _POSTCODE.finditer(text))
    district = held.postcode.split(" ")[0]
    if district:
        yield from ((found[0], True) for found in re.finditer(rf"\b{re.escape(district)}\b", text, re.IGNORECASE))


def _phone(text: str, held: Held) -> Hits:
    yield from ((found[0], True) for found in _PHONE.finditer(text))
    number = re.sub(r"\D", "", held.phone)
    if len(number) >= _SHORTEST_CODE and number[-6:] in re.sub(r"[\s().-]", "", text):
        yield number[-6:], True


def _email(text: str, held: Held) -> Hits:
    yield from ((found[0], True) for found in _EMAIL.finditer(text))


def _street(text: str, held: Held) -> Hits:
    """The names of street and building; a word of them alone may be a place that everybody knows."""
    for line in re.split(r"[\n,]", held.address):
        words = _WORD.findall(line)
        telling = [word for word in words if word.casefold() not in _STREET_WORDS and len(word) >= _SHORTEST_NAME]
        whole = " ".join(words)
        if telling and re.search(rf"\b{re.escape(whole)}\b", text, re.IGNORECASE):
            yield whole, True
        elif len(words) > 1:
            for word in telling:
                yield from ((found[0], False) for found in re.finditer(rf"\b{re.escape(word)}\b", text))


def _reference(text: str, held: Held) -> Hits:
    plain = _bare(text)
    for code in (held.agency_reference, held.reference):
        if len(_bare(code)) >= _SHORTEST_CODE and _bare(code) in plain:
            yield code, True
    yield from ((found[0], True) for found in _INSURANCE.finditer(text))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _body(text: str, held: Held) -> Hits:
    yield from _whole(text, held.body)


def _seat(text: str, held: Held) -> Hits:
    yield from _whole(text, held.seat)


def _whole(text: str, name: str) -> Hits:
    """A name that many share: it narrows down where somebody lives, and says nothing alone."""
    if name:
        yield from ((found[0], False) for found in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE))


def _date(text: str, held: Held) -> Hits:
    yield from ((found[0], False) for found in _DATE.finditer(text))


def _age(text: str, held: Held) -> Hits:
    yield from ((found[0], False) for found in _AGE.finditer(text))


def _sum(text: str, held: Held) -> Hits:
    """Sums with more than two figures that are not nought, or with pence."""
    for found in _SUM.finditer(text):
        figures = found[1].replace(",", "").rstrip("0")
        if found[2] or len(figures) > 2:
            yield found[0], False


_LOOKS: Final[Mapping[str, Callable[[str, Held], Hits]]] = {
    "the person’s name": _name,
    "the name of the MP": _member,
    "a postcode": _postcode,
    "a telephone number": _phone,
    "an email address": _email,
    "the street or building": _street,
    "a reference number": _reference,
    "the name of the body": _body,
    "the name of the MP’s seat": _seat,
    "an exact date": _date,
    "an exact age": _age,
    "an exact sum": _sum,
}
