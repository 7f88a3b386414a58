"""Taking a case away as a file: which parts, in which form, and the file itself."""

import json
from collections.abc import Collection
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referrals.accounts.roles import Permission
from referrals.accounts.viewer import Viewer
from referrals.casework import queries as cases
from referrals.casework.models import Referral
from referrals.correspondence.casefile import plain_letters
from referrals.correspondence.queries import letters_of
from referrals.documents import actions, queries
from referrals.documents.casefile import case_file
from referrals.documents.packing import FORMS, Form, Part, printed
from referrals.foundation.database import only_reading, transaction
from referrals.stories.casefile import plain_studies
from referrals.stories.queries import studies_of
from referrals.web.access import needs, viewer
from referrals.web.downloads import download
from referrals.web.forms.packs import PackForm
from referrals.web.presenting.pack import pack_for, table_of

blueprint = Blueprint("packs", __name__, url_prefix="/referrals/<reference>")


@blueprint.route("/pack", methods=["GET", "POST"])
@needs(Permission.REFERRAL_READ)
def new(reference: str) -> ResponseReturnValue:
    """Choose what to take away; the answer is the file, named by nothing but the reference."""
    who = viewer()
    form = PackForm()
    form.offer_to(who)
    if form.validate_on_submit():
        chosen, parts = form.form, form.parts
        # Making it takes its time, and nobody's writing waits for it.
        with only_reading():
            referral = cases.referral(reference, who)
            actions.must_take_away(referral, chosen, by=who)
            content, opened = made(referral, chosen, parts, who)
            name = f"{referral.reference}.{chosen.value}"
        with transaction():
            referral = cases.referral(reference, who)
            actions.record_taking(referral, chosen, parts, by=who)
            for document_id in opened:
                actions.record_reading(queries.document(referral, document_id, who), by=who)
        return download(content, name, FORMS[chosen].media_type)
    with only_reading():
        referral = cases.referral(reference, who)
        actions.must_take_away(referral, Form.PDF, by=who)
        printed_reference = referral.reference
    back_link = url_for("referrals.show", reference=printed_reference)
    return render_template("packs/new.html", form=form, reference=printed_reference, back_link=back_link)


def made(referral: Referral, chosen: Form, parts: Collection[Part], who: Viewer) -> tuple[bytes, list[Any]]:
    """The file, and the ids of the documents that are in it."""
    if chosen is Form.ZIP:
        return everything(referral, parts, who)
    if chosen is Form.JSON:
        return as_json(referral, parts, who), []
    pack = pack_for(referral, who, parts)
    return (printed(pack) if chosen is Form.PDF else table_of(pack)), []


def as_json(referral: Referral, parts: Collection[Part], who: Viewer) -> bytes:
    """The case for another system."""
    made = case_file(referral, who, parts)
    if Part.LETTERS in parts:
        made["letters"] = plain_letters(letters_of(referral, who), private=Part.PRIVATE in parts)
    if Part.CASE_STUDIES in parts:
        made["case_studies"] = plain_studies(studies_of(referral, who), private=Part.PRIVATE in parts)
    return json.dumps(made, ensure_ascii=False, indent=2).encode()


def everything(referral: Referral, parts: Collection[Part], who: Viewer) -> tuple[bytes, list[Any]]:
    """All forms in one file, and the documents that the chosen parts list and that can be opened, by their numbers."""
    file, opened = BytesIO(), []
    pack = pack_for(referral, who, parts)
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr(f"{referral.reference}.pdf", printed(pack))
        packed.writestr(f"{referral.reference}.csv", table_of(pack))
        packed.writestr(f"{referral.reference}.json", as_json(referral, parts, who))
        lines = queries.documents_of(referral, who) if Part.DOCUMENTS in parts else []
        for number, line in enumerate(lines, 1):
            if line.may_open and (Part.PRIVATE in parts or not line.private):
                document = queries.document(referral, line.id, who)
                packed.writestr(f"documents/{number:02}.{line.kind}", actions.content_of(document, who))
                opened.append(line.id)
    return file.getvalue(), opened
