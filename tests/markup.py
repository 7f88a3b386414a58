"""Reads HTML as a browser does, and says what is wrong with it: not well formed, not labelled, not allowed."""

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import html5lib

# A button and hidden inputs need no label; a submit input names itself.
SELF_NAMED = frozenset({"hidden", "submit", "button", "image", "reset"})


@dataclass
class Page:
    """One parsed page: its elements in order, and what was wrong with it."""

    elements: list[Any]
    faults: list[str] = field(default_factory=list)

    def all(self, tag: str, **attributes: str) -> list[Any]:
        """Every element of this tag with these attributes (`class_` holds one class of several)."""
        wanted = attributes.pop("class_", None)
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(element.get(name.rstrip("_").replace("_", "-")) == value for name, value in attributes.items())
            and (wanted is None or wanted in element.get("class", "").split())
        ]

    def one(self, tag: str, **attributes: str) -> Any:
        """The only such element; AssertionError when there is none or more."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag}> {attributes}"
        return found[0]


def text_of(element: Any) -> str:
    """All text in an element, its space run together."""
    return " ".join(" ".join(element.itertext()).split())


# Parsing takes longer than making a page, and who looks at one often looks at it again, or sends its form.
@lru_cache(maxsize=16)
def parsed(html: str) -> Page:
    """Parse a whole page; of its faults only those that a parser finds. Whoever asks shares it, and changes nothing."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    return Page(elements, [f"not well formed: {code} {details} at {place}" for place, code, details in parser.errors])


def read(html: str) -> Page:
    """Parse a whole page and look for faults."""
    found = parsed(html)
    page = Page(found.elements, [*found.faults])
    for look in (_ids, _names, _inline, _shape):
        page.faults += look(page)
    return page


def faults(html: str) -> list[str]:
    """What is wrong with a page; empty when nothing is."""
    return read(html).faults


def _ids(page: Page) -> list[str]:
    ids = Counter(element.get("id") for element in page.elements if element.get("id"))
    wrong = [f"id twice: {name}" for name, number in ids.items() if number > 1]
    for element in page.elements:
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
            wrong += [
                f"{attribute} names nothing: {name}" for name in element.get(attribute, "").split() if name not in ids
            ]
        href = element.get("href", "")
        if href.startswith("#") and len(href) > 1 and href[1:] not in ids:
            wrong.append(f"link to nothing: {href}")
    return wrong


def _names(page: Page) -> list[str]:
    labelled = {element.get("for") for element in page.all("label") if text_of(element)}
    wrong = []
    for element in page.elements:
        named = element.get("aria-label") or element.get("aria-labelledby")
        if element.tag in {"select", "textarea"} or (
            element.tag == "input" and element.get("type", "text") not in SELF_NAMED
        ):
            if not named and element.get("id") not in labelled:
                wrong.append(f"no label: {element.tag} {element.get('name')}")
        elif element.tag in {"a", "button", "h1", "h2", "h3", "h4", "th", "legend", "caption"}:
            if not named and not text_of(element):
                wrong.append(f"says nothing: {element.tag}")
        elif element.tag == "img" and element.get("alt") is None:
            wrong.append("image without alt")
    return wrong


def _inline(page: Page) -> list[str]:
    wrong = [f"inline style on {element.tag}" for element in page.elements if element.get("style")]
    wrong += ["inline style element" for _ in page.all("style")]
    wrong += ["inline script" for element in page.all("script") if not element.get("src")]
    return wrong + [
        f"inline handler on {element.tag}"
        for element in page.elements
        for name in element.attrib
        if isinstance(name, str) and name.startswith("on")
    ]


def _shape(page: Page) -> list[str]:
    wrong = []
    if not page.all("html", lang="en"):
        wrong.append("no language")
    if len(page.all("title")) < 1 or not text_of(page.all("title")[0]):
        wrong.append("no title")
    if len(page.all("main")) != 1:
        wrong.append("not one main")
    if len(page.all("h1")) != 1:
        wrong.append(f"{len(page.all('h1'))} of h1")
    for form in page.all("form"):
        tokens = [one for one in form.iter("input") if one.get("name", "").endswith("csrf_token")]
        if form.get("method", "get").lower() == "post" and not tokens:
            wrong.append(f"form without token: {form.get('action')}")
    return wrong
