"""A letter as plain text, for the body of an email."""

from referrals.correspondence.rendering.sheet import Sheet


def to_text(sheet: Sheet) -> bytes:
    """The letter in UTF-8, with the line ends that every mail program takes."""
    blocks = [
        "\n".join((sheet.member, sheet.office, *sheet.head)),
        "\n".join(sheet.recipient),
        "\n".join(f"{key}: {value}" for key, value in sheet.marks),
        sheet.heading,
        *sheet.paragraphs,
    ]
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return text.replace("\n", "\r\n").encode("utf-8", "replace")
