"""A case study that goes with a brief: chosen from those that may be named, linked, and gone when it is taken down."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from flask import Flask

from referrals.foundation.database import transaction
from referrals.foundation.errors import Invalid
from referrals.publishing.actions import briefs as actions
from referrals.stories.models import CaseStudy
from tests import people
from tests.markup import faults
from tests.plugins.visitors import Visitor
from tests.publishing.briefing import make_brief, the_brief
from tests.stories.studies import WORDS, make_study, slug_of, take

Visit = Callable[..., Visitor]
FILLED = {"happening": "Damp comes back every winter.", "asks": ["visit"], "asking": "Please."}


def links_of(content: bytes) -> list[str]:
    """The addresses that a PDF leads to."""
    with pikepdf.open(BytesIO(content)) as pdf:
        found = [one for page in pdf.pages for one in page.get("/Annots", [])]
        return [str(one.A.URI) for one in found if "/A" in one and "/URI" in one.A]


class TestACaseStudyThatGoesWithIt:
    """Published, of the same category, about the writer's own work, and open to reports; looked at each time."""

    def with_study(self, visit: Visit, **agreed: Any) -> tuple[UUID, CaseStudy, Visitor]:
        study = make_study("published", agreed=agreed)
        return make_brief(issue_type="disability_benefit"), study, visit(people.LEAD)

    def test_it_is_linked_and_goes_when_it_is_withdrawn(self, app: Flask, visit: Visit) -> None:
        brief_id, study, lead = self.with_study(visit)
        slug, address = slug_of(study), f"/briefs/{brief_id}"
        assert WORDS["title"] in lead.get(f"{address}/edit").text
        assert lead.send(f"{address}/edit", {**FILLED, "story_slug": slug}).status_code == 303
        with transaction():
            found = the_brief(brief_id)
            actions.approve_brief(found, by=people.LEAD.viewer, version=None)
            actions.send_brief(found, by=people.LEAD.viewer)
        office = visit(people.CASEWORKER)
        page = office.get(address).text
        assert faults(page) == []
        assert WORDS["title"] in page
        assert f"/case-studies/{slug}" in page
        assert any(link.endswith(f"/case-studies/{slug}") for link in links_of(office.get(f"{address}/file").data))
        take(study, "withdraw")
        assert WORDS["title"] not in office.get(address).text
        assert links_of(office.get(f"{address}/file").data) == []

    @pytest.mark.parametrize("places", [["page"], ["page", "file"]])
    def test_not_where_reports_may_not_name_it(self, app: Flask, visit: Visit, places: list[str]) -> None:
        brief_id, study, lead = self.with_study(visit, places=places)
        assert "story_slug" not in lead.get(f"/briefs/{brief_id}/edit").text
        refused = lead.send(f"/briefs/{brief_id}/edit", {**FILLED, "story_slug": slug_of(study)})
        assert refused.status_code == 422
        assert the_brief(brief_id).story_slug is None

    @pytest.mark.parametrize(
        ("by", "issue"), [(people.LEAD, "damp_and_mould"), (people.OTHER_LEAD, "disability_benefit")]
    )
    def test_not_one_of_another_category_or_another_group(self, app: Flask, by: people.Someone, issue: str) -> None:
        other = make_study("published")
        brief_id = make_brief(by=by, issue_type=issue)
        words = {"happening": "Damp comes back."}
        writing = actions.Writing(words=words, asks=["visit"], story_slug=slug_of(other))
        with pytest.raises(Invalid) as refused, transaction():
            actions.edit_brief(the_brief(brief_id), writing, by=by.viewer, version=None)
        assert set(refused.value.errors) == {"story_slug"}
