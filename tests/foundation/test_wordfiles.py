"""An empty Word document has nothing in it that was not put there."""

from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn

from referrals.foundation.wordfiles import empty_document


def test_nothing_of_the_librarys_template_is_left_and_all_of_it_speaks_british_english() -> None:
    document, file = empty_document(), BytesIO()
    document.add_paragraph("The only words.")
    document.save(file)
    names = ZipFile(file).namelist()
    assert "word/document.xml" in names
    assert [name for name in names if "thumbnail" in name or name.startswith("customXml")] == []
    languages = {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
