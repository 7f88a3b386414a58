"""Pictures on pages: each has a title, a description and the numbers of its table, twice where the room differs."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from referrals.foundation.clock import clock_at
from referrals.reporting.pictures.looks import LOOKS
from tests import markup, people
from tests.plugins.visitors import Visitor
from tests.reporting import making
from tests.web.sample import ROOT

Visit = Callable[..., Visitor]
STYLES = ROOT / "referrals" / "static" / "styles"


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def parts(section: Any, tag: str) -> list[Any]:
    return [one for one in section.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == tag]


def numbers(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:[,.]\d+)*", words))


def sections(page: markup.Page) -> dict[str, Any]:
    return {one.get("aria-labelledby"): one for one in page.all("section") if parts(one, "svg")}


@pytest.mark.parametrize("path", ["outcomes", "stages", "decisions"])
def test_a_picture_says_what_its_table_says(app: Flask, visit: Visit, path: str) -> None:
    making.scatter(200, 1).write()
    page = markup.read(visit(people.MANAGER).get(f"/reports/{path}").get_data(as_text=True))
    found = sections(page)
    assert found
    for key, section in found.items():
        (table,) = parts(section, "table")
        shown = numbers(markup.text_of(table))
        for picture in parts(section, "svg"):
            title, description = parts(picture, "title")[0], parts(picture, "desc")[0]
            assert picture.get("role") == "img"
            assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
            assert markup.text_of(title) == markup.text_of(parts(section, "h2")[0])
            looks = ("app-drawn--value", "app-drawn--over")
            drawn = [markup.text_of(one) for one in parts(picture, "text") if one.get("class") in looks]
            assert set(drawn) <= shown, key
            # What is marked in a distribution stands in the table of the stages.
            if "Half within" not in markup.text_of(description):
                assert numbers(markup.text_of(description)) <= shown, key


def test_wide_pictures_are_drawn_for_a_phone_too(app: Flask, visit: Visit) -> None:
    making.scatter(200, 1).write()
    page = markup.read(visit(people.MANAGER).get("/reports/outcomes").get_data(as_text=True))
    for key, layouts in {"became": ["wide", "narrow"], "months": ["wide", "narrow"], "standing": ["narrow"]}.items():
        ids = [parts(picture, "title")[0].get("id") for picture in parts(sections(page)[key], "svg")]
        assert ids == [f"drawn-{key}-{layout}-title" for layout in layouts]


def test_every_look_has_its_style(app: Flask) -> None:
    styles = (STYLES / "50-charts.css").read_text(encoding="utf-8")
    for look in LOOKS.keys() - {"label"}:
        assert re.search(rf"\.app-drawn--{look}\b", styles), look
    for colour in {look["fill"] for look in LOOKS.values()} | {look.get("stroke", "none") for look in LOOKS.values()}:
        named = (STYLES / "10-brand.css").read_text(encoding="utf-8") + styles
        assert colour in {"none", "#ffffff"} or colour in named, colour
