"""What axe finds wrong with a page; it is put into each page once, and only what is wrong is brought back."""

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BEST_PRACTICE = (*WCAG, "best-practice")
# A description of all that is well costs more than finding it; it is enough to know that there is some.
RUN = "options => axe.run(options).then(found => [found.passes.length, found.violations])"


def violations(page: Page, rules: Sequence[str] = WCAG) -> list[dict[str, Any]]:
    """What the page does wrong by these sets of rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    passed, found = page.evaluate(RUN, {"runOnly": list(rules), "resultTypes": ["violations"]})
    assert passed, f"{page.url}: axe has looked at nothing"
    return list(found)


def told(violation: dict[str, Any]) -> str:
    """One violation in a line: its rule, what it asks for, and where it is broken."""
    where = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
    return f"{violation['id']}: {violation['help']}: {where}"
