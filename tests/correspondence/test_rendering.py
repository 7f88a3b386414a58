"""Letters as files: tagged PDF, Word and text hold every word as it was written, and no word does anything."""

import re
from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from referrals.correspondence.merging import clean
from referrals.correspondence.rendering.plain import to_text
from referrals.correspondence.rendering.printed import to_printed
from referrals.correspondence.rendering.sheet import Sheet
from referrals.correspondence.rendering.word import letterhead, to_word

HOSTILE = {
    "typst": '#import "/etc/passwd": * #panic("x") $x$ @ref <label> *bold* _it_ `raw` \\ //',
    "jinja": "{{ 7*7 }} {% for x in ().__class__.__mro__ %}{{ x }}{% endfor %} {# gone #} {%p endfor %}",
    "xml": "</w:t></w:r><w:p>&amp; & < > \" ' <![CDATA[x]]> <?xml?>",
    "formula": '=cmd|"/C calc"!A0 +1 -1 @SUM(1)',
    "controls": "a\x00\x01\x07\x0b\x0c\x1b\x7f\x85b",
    "turning": "\u202eevil\u202c \u2066x\u2069 \u200fy\u200e",
    "scripts": "محمد שלום Ελλάδα Київ 漢字 😀",
    "long": "word " * 2_000,
    "lines": "1. one\n2. two\n\n\n\nthree",
}


def sheet(words: str) -> Sheet:
    """A whole letter in which somebody has put these words everywhere."""
    words = clean(words)
    line = " ".join(words.split())[:300]
    return Sheet(
        title="Letter R-ABCD-EFG",
        heading="We have your case",
        member="Rowan Ashdown MP",
        office=line or "Office",
        head=("1 Example Street", line),
        recipient=(line, "Another line"),
        marks=(("Date", "3 March 2026"), ("Our reference", "R-ABCD-EFG"), ("Your reference", line)),
        paragraphs=tuple(part for part in words.split("\n\n") if part.strip()),
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_word_holds_the_words_and_nothing_more(words: str) -> None:
    made = sheet(words)
    file = BytesIO(to_word(made))
    document = Document(file)
    found = [paragraph.text for paragraph in document.paragraphs]
    for part in (*made.paragraphs, *made.recipient, *made.head):
        assert any(squeezed(part) == squeezed(one) for one in found), part[:80]
    expected = 2 + len(made.head) + 1 + len(made.marks) + len(made.recipient) + 2 + len(made.paragraphs)
    assert len(found) == expected
    assert document.core_properties.title == "Letter R-ABCD-EFG"
    assert document.core_properties.language == "en-GB"
    assert (document.core_properties.author, document.core_properties.last_modified_by) == ("", "")
    assert [one.style.name for one in document.paragraphs if one.text == made.heading] == ["Heading 1"]
    assert not document.element.findall(f".//{qn('w:fldSimple')}")
    with ZipFile(file) as packed:
        assert not [name for name in packed.namelist() if "vba" in name.lower() or "embed" in name.lower()]


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_the_pdf_is_tagged_and_named(words: str) -> None:
    with pikepdf.open(BytesIO(to_printed(sheet(words)))) as pdf:
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en-GB"
        assert pdf.docinfo["/Title"] == "Letter R-ABCD-EFG"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_plain_text_is_plain(words: str) -> None:
    made = sheet(words)
    text = to_text(made).decode()
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)
    for part in made.paragraphs:
        assert part.replace("\n", "\r\n") in text


def test_there_is_no_crown_and_no_picture_in_the_letterhead() -> None:
    with ZipFile(BytesIO(letterhead())) as packed:
        assert not [name for name in packed.namelist() if "media" in name and not name.endswith("/")]
        words = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml")).lower()
    assert b"portcullis" not in words
