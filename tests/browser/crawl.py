"""Walks through the service as one person: every link once, every form once unanswered, each page looked over."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import ConsoleMessage, Page, ViewportSize

from tests.browser.service import Service
from tests.plugins import axe
from tests.plugins.browser import DESKTOP, PHONE

REFERENCE = re.compile(r"R-[0-9A-Z]{4}-[0-9A-Z]{3}")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Dates of many kinds are asked for by one page, and decided about by another.
DATE = re.compile(r"(/dates/(?:new|[*]))/[a-z_0-9]+(?=/|$)")
# So are bodies, whose pages differ in nothing but the name.
BODY = re.compile(r"(/enquiries/new)/[a-z_0-9]+$")
# Files are downloaded, not shown.
FILES = ("/download", "/paper-form")

LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
# Forms of the page itself in which there is something to fill in; each by its place among all forms.
FORMS = """[...document.forms].map((form, place) => [form, place]).filter(([form]) =>
  form.method === 'post' && form.closest('main') &&
  form.querySelector('input:not([type=hidden]), textarea, select')).map(([_, place]) => place)"""
SEND_EMPTY = """place => {
  const form = document.forms[place];
  for (const field of form.elements) {
    if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
    else if (field.type !== 'hidden' && 'value' in field && field.type !== 'submit') field.value = '';
  }
  form.requestSubmit(form.querySelector('button[type=submit]:not([name]), button[type=submit]'));
}"""


@dataclass
class Walk:
    """One person's walk: what was seen, and every fault that was found, each with its address."""

    page: Page
    service: Service
    # Whether the page of a referral is seen once for every state, or only once.
    by_state: bool = True
    # The kinds of pages looked over so far; given by somebody who went before, to look only at what is new.
    kinds: set[str] = field(default_factory=set)
    states: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    forms: dict[tuple[str, int], str] = field(default_factory=dict)
    refused: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the browser complains of: what the policy refuses, what does not load, what breaks."""
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self._fault(f"script: {error}"))
        known = "SELECT reference, state FROM referrals WHERE reference IS NOT NULL"
        self.states = {str(reference): str(state) for reference, state in self.service.rows(known)}

    def _said(self, message: ConsoleMessage) -> None:
        # A page that answers 422 to a form in error is one that the browser notes as failed to load.
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self._fault(f"console: {message.text}")

    def _fault(self, words: str) -> None:
        self.faults.append(f"{urlsplit(self.page.url).path}: {words}")

    def shape(self, address: str, *, of_state: bool = True) -> str:
        """What an address has in common with others like it: references become their state, ids and values nothing."""
        parts = urlsplit(address)
        path = BODY.sub(r"\1/*", UUID.sub("*", parts.path))
        if not path.endswith("/withdraw"):
            path = DATE.sub(r"\1/*", path)
        # What can be done from it is the same page for every state.
        each = of_state and self.by_state and path.count("/") == 2
        path = REFERENCE.sub(lambda found: self.states.get(found[0], "?") if each else "*", path)
        return f"{path}?{'&'.join(sorted(name for name, _ in parse_qsl(parts.query, keep_blank_values=True)))}"

    def everywhere(self, start: str, *, forms: bool = True) -> None:
        """Follow every link once, and then, unless told otherwise, send every form empty."""
        waiting = deque([self.service.address + start])
        while waiting:
            address = waiting.popleft().partition("#")[0]
            if not self._is_new(address):
                continue
            answer = self.page.goto(address)
            if answer is None or answer.status != 200:
                self._fault(f"a link leads here, and it answers {answer.status if answer else 'nothing'}")
                continue
            self.look_over(address)
            waiting.extend(self._links())
            for place in self.page.evaluate(FORMS):
                self.forms.setdefault((self.shape(address, of_state=False), place), address)
        for (_, place), address in self.forms.items() if forms else ():
            self._send_empty(address, place)

    def _is_new(self, address: str) -> bool:
        shape = self.shape(address)
        if shape in self.seen or urlsplit(address).path.endswith(FILES):
            return False
        self.seen.add(shape)
        return True

    def _links(self) -> Iterator[str]:
        return (link for link in self.page.evaluate(LINKS) if link.startswith(self.service.address))

    def _send_empty(self, address: str, place: int) -> None:
        answer = self.page.goto(address)
        if answer is None or answer.status != 200:
            # An earlier form has changed what this one was about.
            return
        if place not in self.page.evaluate(FORMS):
            # Or has done what there was to do.
            return
        with self.page.expect_navigation():
            self.page.evaluate(SEND_EMPTY, place)
        if self.page.get_by_role("alert").filter(has_text="There is a problem").count():
            self.refused += 1
            if not self.page.title().startswith("Error: "):
                self._fault("the title does not say that there is an error")
            self.look_over(f"{address} in error")

    def look_over(self, address: str) -> None:
        """Nothing for axe to find, and nothing beyond the edge of the screen, at a desk and on a phone."""
        kind = self.shape(address, of_state=False)
        if kind in self.kinds and not self.by_state:
            return
        self._axe(DESKTOP)
        self.page.set_viewport_size(PHONE)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            self._fault(f"it is {width} pixels wide on a phone")
        if kind not in self.kinds:
            self._axe(PHONE)
        self.kinds.add(kind)
        self.page.set_viewport_size(DESKTOP)

    def _axe(self, size: ViewportSize) -> None:
        for violation in axe.violations(self.page, axe.BEST_PRACTICE):
            self._fault(f"at {size['width']} pixels: {axe.told(violation)}")
