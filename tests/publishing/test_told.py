"""Case studies in an impact report: shown while somebody agrees, and in nothing that is kept."""

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from sqlalchemy import select

from referrals.foundation.clock import clock_at
from referrals.foundation.database import db
from referrals.publishing import rendering
from referrals.publishing.models import ImpactFile
from referrals.publishing.rendering import Form, told
from referrals.stories.queries import Told
from tests.publishing import reports
from tests.reporting import making

STORY = Told(
    "benefits-bcdfghjk", "Nine months of waiting", "A man had lost a leg.", "welfare", "A group", date(2026, 7, 3)
)


@pytest.fixture(autouse=True)
def late_in_2026() -> Iterator[None]:
    with clock_at(making.NOW):
        yield


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def test_its_words_are_read_and_taken_away_and_are_in_nothing_that_is_kept(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "published_for", lambda *_: [STORY])
    report = reports.issued()
    kept = json.dumps(report.content, ensure_ascii=False)
    assert STORY.slug in kept
    assert STORY.title not in kept
    assert STORY.lead not in kept
    files = {file.form: file.content for file in db.session.scalars(select(ImpactFile))}
    assert STORY.lead not in words_of(files["docx"])
    assert told.KEPT in words_of(files["docx"])
    assert STORY.lead in json.dumps(rendering.with_words(report.content or {}, report))
    taken = rendering.taken_today(report, Form.DOCX)
    assert taken is not None
    assert STORY.title in words_of(taken)
    assert STORY.lead in words_of(taken)


def test_once_it_is_withdrawn_only_that_one_stood_there_is_left(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "published_for", lambda *_: [STORY])
    report = reports.issued()
    digest = report.content_sha256
    monkeypatch.setattr(told, "published_for", lambda *_: [])
    page = json.dumps(rendering.with_words(report.content or {}, report), ensure_ascii=False)
    taken = rendering.taken_today(report, Form.DOCX)
    assert taken is not None
    for read in (page, words_of(taken)):
        assert told.GONE in read
        assert "3 July 2026" in read
        assert STORY.title not in read
        assert STORY.lead not in read
    assert report.content_sha256 == digest


def test_without_any_the_file_as_issued_is_all_there_is(app: Flask) -> None:
    report = reports.issued()
    assert rendering.taken_today(report, Form.PDF) is None
