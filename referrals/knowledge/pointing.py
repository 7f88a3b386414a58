"""Finding in a question and its answer what may point at somebody, for whoever checks it."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from referrals.stories.recognising import Finding, Held, findings

_NAMED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx)\.? [A-Z][\w'’-]+")
_STREETS: Final = "Street|Road|Lane|Avenue|Close|Court|Crescent|Drive|Gardens|Grove|Place|Square|Terrace|Walk|Way|House"
_HOME: Final = re.compile(rf"\b(?:[Ff]lat )?[0-9]+[A-Za-z]?,? (?:[A-Z][\w'’-]+ )+(?:{_STREETS})\b")
# What an answer that is about nobody can do without; the rest is for a person to judge.
_REFUSED: Final = frozenset({"a postcode", "a reference number", "somebody by name", "a home"})


def pointing(texts: Mapping[str, str], reference: str) -> list[Finding]:
    """What was found in these texts, by their names; what is `sure` keeps them off the page."""
    found = findings(texts, Held(reference=reference))
    found += [one for name, text in texts.items() for one in _people_and_homes(name, text)]
    return [Finding(one.section, one.what, one.words, one.sure and one.what in _REFUSED) for one in found]


def _people_and_homes(name: str, text: str) -> Iterator[Finding]:
    yield from (Finding(name, "somebody by name", hit[0], sure=True) for hit in _NAMED.finditer(text))
    yield from (Finding(name, "a home", hit[0], sure=True) for hit in _HOME.finditer(text))
