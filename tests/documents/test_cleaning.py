"""Files made safe: what they hid is gone, what they show is kept, and what cannot be made safe is refused by name."""

from io import BytesIO
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from referrals.documents.cleaning import apart
from referrals.documents.cleaning.kinds import LARGEST, Kind
from referrals.documents.cleaning.refusals import WORDS, Refused, Why
from referrals.documents.cleaning.workshop import clean
from tests.documents import files


def why(content: bytes) -> Why:
    """Why a file is refused."""
    with pytest.raises(Refused) as refused:
        clean(content)
    return refused.value.why


class TestPictures:
    @pytest.mark.parametrize("form", ["JPEG", "PNG"])
    def test_a_picture_loses_all_that_it_tells(self, form: str) -> None:
        content = files.telling_picture(form)
        assert files.CAMERA.encode() in content
        with Image.open(BytesIO(content)) as before:
            assert before.getexif().get_ifd(0x8825)[2] == files.TOWN
        made = clean(content)
        assert files.CAMERA.encode() not in made.content
        with Image.open(BytesIO(made.content)) as after:
            assert dict(after.getexif()) == {}
            assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert after.size == (60, 40)

    def test_a_picture_taken_sideways_stands_upright(self) -> None:
        with Image.open(BytesIO(clean(files.telling_picture(orientation=6)).content)) as upright:
            assert upright.size == (40, 60)
            red, green, _ = upright.convert("RGB").getpixel((35, 5))
        assert (red > 200, green < 80) == (True, True)

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_pixel_comes_through(self, mode: str) -> None:
        file = BytesIO()
        Image.new(mode, (30, 20)).save(file, "PNG")
        made = clean(file.getvalue())
        with Image.open(BytesIO(made.content)) as after:
            assert (made.kind, after.size) == (Kind.PNG, (30, 20))

    def test_a_large_picture_comes_back_smaller(self) -> None:
        with Image.open(BytesIO(clean(files.picture(size=(6000, 3000))).content)) as after:
            assert after.size == (4000, 2000)

    def test_a_bomb_is_not_unpacked(self) -> None:
        bomb = files.png_bomb()
        assert len(bomb) < 10_000
        assert why(bomb) in {Why.TOO_MANY_PIXELS, Why.EXPANDS}

    @pytest.mark.parametrize("form", ["JPEG", "PNG"])
    def test_half_a_picture_is_damaged(self, form: str) -> None:
        whole = files.picture(form, size=(300, 300))
        assert why(whole[: len(whole) // 2]) is Why.DAMAGED

    def test_a_page_hidden_in_a_picture_is_gone(self) -> None:
        assert b"canary" not in clean(files.picture() + files.PAGE).content


class TestPdfs:
    def test_a_plain_one_keeps_its_pages_and_words(self) -> None:
        made = clean(files.pdf(3))
        with pikepdf.open(BytesIO(made.content)) as after:
            assert (made.kind, len(after.pages)) == (Kind.PDF, 3)
            assert files.WORDS.encode() in after.pages[2].Contents.read_bytes()

    def test_scripts_actions_files_and_authors_are_gone(self) -> None:
        made = clean(files.harmful_pdf())
        with pikepdf.open(BytesIO(made.content)) as after:
            whole = b"".join(
                one.unparse(resolved=True) + (one.read_bytes() if isinstance(one, pikepdf.Stream) else b"")
                for one in [after.trailer, *after.objects]
                if isinstance(one, pikepdf.Object)
            )
            for gone in (
                b"JavaScript",
                b"canary",
                b"Launch",
                b"EmbeddedFile",
                b"Canary",
                b"XFA",
                b"/AA",
                b"FileAttachment",
            ):
                assert gone not in whole, gone
            assert files.WORDS.encode() in whole
            # A link to another page of the same document still leads there.
            assert [str(link.A.S) for link in after.pages[0].Annots if "/A" in link] == ["/GoTo"]

    def test_a_locked_one_is_named_so(self) -> None:
        with pikepdf.open(BytesIO(files.pdf())) as made:
            locked = files.saved(made, encryption=pikepdf.Encryption(owner="o", user="u"))
            restricted = files.saved(made, encryption=pikepdf.Encryption(owner="o", user=""))
        assert why(locked) is Why.LOCKED
        with pikepdf.open(BytesIO(clean(restricted).content)) as after:
            assert not after.is_encrypted

    def test_a_bomb_is_not_unpacked(self) -> None:
        bomb = files.pdf_bomb()
        assert len(bomb) < LARGEST // 10
        assert why(bomb) is Why.EXPANDS

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\ngibberish" * 50, files.pdf()[:300]], ids=range(3))
    def test_what_cannot_be_read_is_damaged(self, content: bytes) -> None:
        assert why(content) is Why.DAMAGED

    def test_a_form_that_only_its_own_program_draws_is_refused(self) -> None:
        form = pikepdf.Dictionary(XFA=pikepdf.Array(["template", "x"]))
        assert why(files.pdf(AcroForm=form, NeedsRendering=True)) is Why.NOT_SAFE

    def test_of_two_files_in_one_only_the_pages_are_left(self) -> None:
        made = clean(files.pdf() + files.PAGE + files.docx())
        assert b"canary" not in made.content
        assert b"word/document.xml" not in made.content


class TestWord:
    def test_a_plain_one_keeps_its_words_and_loses_its_author(self) -> None:
        made = clean(files.docx())
        assert made.kind is Kind.DOCX
        with ZipFile(BytesIO(made.content)) as after:
            assert files.WORDS in after.read("word/document.xml").decode()
            assert sorted(after.namelist()) == sorted(set(files.docx_parts()) - {"docProps/core.xml"})
            whole = b"".join(after.read(name) for name in after.namelist())
        assert b"Canary" not in whole
        assert b"docProps" not in whole
        assert files.CAMERA.encode() not in whole

    def test_a_bomb_is_not_unpacked(self) -> None:
        bomb = files.docx_bomb()
        assert len(bomb) < LARGEST // 10
        assert why(bomb) is Why.EXPANDS

    def test_thousands_of_parts_are_a_bomb_too(self) -> None:
        assert why(files.docx({f"word/p{n}.xml": "<a/>" for n in range(2001)})) is Why.EXPANDS

    @pytest.mark.parametrize(
        "content",
        [
            files.docx({"word/vbaProject.bin": b"x"}),
            files.docx({"word/embeddings/oleObject1.bin": b"x"}),
            files.docx({"word/activeX/activeX1.xml": "<a/>"}),
            files.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        ],
        ids=["macro", "object", "control", "docm"],
    )
    def test_programs_are_refused(self, content: bytes) -> None:
        assert why(content) is Why.MACRO

    @pytest.mark.parametrize("words", ["DDEAUTO c:\\\\cmd.exe", " dde x y", 'INCLUDEPICTURE "https://canary.example"'])
    def test_fields_that_start_or_fetch_are_refused(self, words: str) -> None:
        assert why(files.docx(body=files.field(words))) is Why.FETCHES
        assert why(files.docx(body=f'<w:fldSimple w:instr="{words.replace(chr(34), "")}"/>')) is Why.FETCHES

    def test_other_fields_stay(self) -> None:
        body = files.field("PAGE") + files.field('HYPERLINK "https://example.org/link/database/include"')
        assert clean(files.docx(body=body)).kind is Kind.DOCX

    def test_links_for_people_stay_and_all_others_lead_nowhere(self) -> None:
        links = files.relationships(
            ("hyperlink", "https://example.org/", "External"),
            ("hyperlink", "file://canary/share", "External"),
            ("hyperlink", "javascript:canary", "External"),
            ("styles", "styles.xml", "Internal"),
        )
        with ZipFile(BytesIO(clean(files.docx({"word/_rels/document.xml.rels": links})).content)) as after:
            found = after.read("word/_rels/document.xml.rels").decode()
        assert "https://example.org/" in found
        assert found.count("about:blank") == 2
        assert "canary" not in found

    @pytest.mark.parametrize("kind", ["image", "oleObject", "frame", "subDocument"])
    def test_parts_from_elsewhere_are_refused(self, kind: str) -> None:
        links = files.relationships((kind, "https://canary.example/x", "External"))
        assert why(files.docx({"word/_rels/document.xml.rels": links})) is Why.FETCHES

    def test_the_template_it_came_from_is_forgotten(self) -> None:
        settings = f'<w:settings {files.SPACES}><w:zoom w:percent="100"/><w:attachedTemplate r:id="r1"/></w:settings>'
        links = files.relationships(("attachedTemplate", "file:///C:/canary/Normal.dotm", "External"))
        changes = {"word/settings.xml": settings, "word/_rels/settings.xml.rels": links}
        with ZipFile(BytesIO(clean(files.docx(changes)).content)) as after:
            assert b"attachedTemplate" not in after.read("word/settings.xml")
            assert b"zoom" in after.read("word/settings.xml")
            assert b"canary" not in after.read("word/_rels/settings.xml.rels")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_words_that_unfold_for_ever_are_refused(self, encoding: str) -> None:
        laugh = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
        header = f'<?xml version="1.0" encoding="{encoding}"?>'
        assert why(files.docx({"word/document.xml": (header + laugh).encode(encoding)})) is Why.NOT_SAFE

    @pytest.mark.parametrize("name", ["../outside.xml", "/etc/passwd", "word/../../x", "a\\b", "Word/Document.xml"])
    def test_names_that_lead_outside_or_come_twice_are_damage(self, name: str) -> None:
        assert why(files.docx({name: "<a/>"})) is Why.DAMAGED

    def test_another_file_of_the_same_packing_is_no_word_document(self) -> None:
        assert why(files.docx(main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")) is (
            Why.OTHER_KIND
        )
        file = BytesIO()
        with ZipFile(file, "w") as packed:
            packed.writestr("a.txt", "a")
        assert why(file.getvalue()) is Why.OTHER_KIND


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Why.EMPTY),
        (files.PROGRAM, Why.PROGRAM),
        (b"#!/bin/sh\necho canary", Why.PROGRAM),
        (files.OLD_WORD, Why.OLD_WORD),
        (files.HEIC, Why.APPLE_PICTURE),
        (files.PAGE, Why.OTHER_KIND),
        (b"GIF89a" + b"\0" * 100, Why.OTHER_KIND),
        (b"plain words", Why.OTHER_KIND),
        (b" " + files.pdf(), Why.OTHER_KIND),
        (files.picture() + b"\0" * LARGEST, Why.TOO_LARGE),
    ],
    ids=lambda value: value.value if isinstance(value, Why) else "",
)
def test_what_is_of_another_kind_is_refused_by_its_content(content: bytes, reason: Why) -> None:
    assert why(content) is reason
    with pytest.raises(Refused) as refused:
        apart.clean(content)
    assert refused.value.why is reason


def test_a_file_may_be_as_large_as_is_said() -> None:
    picture = files.picture()
    assert clean(picture + b"\0" * (LARGEST - len(picture))).kind is Kind.JPG


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Why)
    assert all(words.do.endswith(".") and not words.what.endswith(".") for words in WORDS.values())


class TestApart:
    def test_it_is_done_in_another_process_that_knows_no_secrets(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SECRET_KEY", "canary")
        made = apart.clean(files.telling_picture())
        assert made.kind is Kind.JPG
        assert b"Canary" not in made.content

    def test_a_refusal_comes_back_as_itself(self) -> None:
        with pytest.raises(Refused) as refused:
            apart.clean(files.docx({"word/vbaProject.bin": b"x"}))
        assert refused.value.why is Why.MACRO

    def test_a_process_that_ends_without_a_word_refuses(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apart.sys, "executable", "/bin/false")
        with pytest.raises(Refused) as refused:
            apart.clean(files.picture())
        assert refused.value.why is Why.NOT_SAFE

    def test_a_process_that_never_ends_is_ended(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(apart, "PATIENCE", 0.01)
        with pytest.raises(Refused) as refused:
            apart.clean(files.picture())
        assert refused.value.why is Why.TOO_SLOW
