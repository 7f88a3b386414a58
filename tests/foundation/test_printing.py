"""Printing: any text prints, nothing typed becomes markup, and what no font has is shown as missing."""

from pathlib import Path

import pikepdf
import pytest

from referrals.foundation import printing
from referrals.foundation.printing.coverage import printable

TEMPLATE = """
#import "/print/base.typ": *
#show: paper.with(title: data.title, foot: "Foot")
#title()
#prose(data.words)
#facts(data.rows)
#replaced-note
"""
BASE = Path(__file__).parents[2] / "templates" / "print" / "base.typ"


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A page of its own that stands on the base of all pages."""
    for folder in ("print", "page"):
        (tmp_path / folder).mkdir()
    (tmp_path / "print" / "base.typ").write_text(BASE.read_text(encoding="utf-8"), encoding="utf-8")
    made = tmp_path / "page" / "page.typ"
    made.write_text(TEMPLATE, encoding="utf-8")
    return made


def print_words(template: Path, words: str) -> pikepdf.Pdf:
    rows = [{"key": "Key", "value": "Value\nof two lines"}]
    (template.parent / "made.pdf").write_bytes(
        printing.to_pdf(template, {"title": "A page", "words": words, "rows": rows})
    )
    return pikepdf.open(template.parent / "made.pdf")


@pytest.mark.parametrize(
    "words",
    [
        "Plain words\n\nand more",
        '#panic("never") *not bold* $x$ @nothing <label> \\ #read("/etc/passwd")',
        "محمد שלום Ελλάδα Київ ę ő ŵ “quoted” £5 ½",
        "漢字 বাংলা 😀🏽",
        "\x00\x01\x1b\u202e\u200b\ufeff\ud800".encode("utf-8", "ignore").decode(),
        "",
        "word " * 20_000,
    ],
    ids=["plain", "markup", "scripts", "uncovered", "controls", "nothing", "long"],
)
def test_any_words_become_a_tagged_page_in_our_own_fonts(template: Path, words: str) -> None:
    with print_words(template, words) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        fonts = {str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
        assert all("Atkinson" in name or "DejaVu" in name for name in fonts), fonts


def test_what_no_font_has_is_shown_as_missing() -> None:
    data, replaced = printable({"a": ["e\u0301漢x\u202e", 3, None]}, printing.covered())
    assert data == {"a": ["é□x", 3, None]}
    assert replaced
    assert printable({"a": "Zoë"}, printing.covered()) == ({"a": "Zoë"}, False)


def test_each_font_has_the_letters_that_names_here_are_written_in() -> None:
    needed = "ABCabc àéîõü ßøåæœ ŁłńśŚžŠčřő ĞğİıŞş ŴŵŶŷ ‘’“”–—…£€½ ☐"
    assert {character for character in needed if ord(character) not in printing.covered()} == set()
