"""Saved views of the queue: saving, opening, sharing and deleting them, and that none tells of anything foreign."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from referrals.audit.models import AuditEntry
from referrals.casework import actions, queries
from referrals.casework.actions.saving_views import MOST_OWN, MOST_SHARED
from referrals.casework.models import SavedView
from referrals.foundation.database import db, transaction
from tests import markup, people
from tests.casework.cases import make_referral
from tests.markup import text_of
from tests.people import CASEWORKER, MANAGER, OTHER_CASEWORKER, OTHER_MANAGER, SECOND_CASEWORKER, Someone
from tests.plugins.visitors import Visitor, forms_of

Visit = Callable[..., Visitor]
ASKED = "tab=team&sort=urgency&category=welfare&category=housing&only=overdue"
NEW = f"/queue/views/new?{ASKED}"


def save(name: str = "Housing, late", by: Someone = CASEWORKER, *, shared: bool = False, **narrow: Any) -> SavedView:
    with transaction():
        return actions.save_view(name, "team", "due", narrow, shared=shared, by=by.viewer)


def views() -> list[SavedView]:
    db.session.rollback()
    return list(db.session.scalars(select(SavedView).order_by(SavedView.id)))


def events() -> list[str]:
    query = select(AuditEntry.action).where(AuditEntry.action.startswith("saved_view.")).order_by(AuditEntry.number)
    return list(db.session.scalars(query))


def shown_on(page: Any) -> list[str]:
    """The views that stand above the list, in their order, the one that is shown with a star."""
    lists = [one for one in markup.read(page.text).all("nav", class_="app-views") for one in one.iter("li")]
    return [text_of(one) + ("*" if one.find("strong") is not None else "") for one in lists]


def link_to(page: Any, text: str) -> str:
    (href,) = {str(one.get("href")) for one in markup.read(page.text).all("a") if text_of(one) == text}
    return href


def press(browser: Visitor, page: Any, text: str) -> Any:
    """Press a button of the list of all views."""
    (found,) = [one for one in markup.read(page.text).all("button", form="keep") if text_of(one).startswith(text)]
    held = next(fields for action, fields in forms_of(page) if action == "/queue/views")
    return browser.post(str(found.get("formaction")), {**held, str(found.get("name")): str(found.get("value"))})


class TestSaving:
    def test_what_is_shown_is_saved_and_found_again(self, app: Flask, visit: Visit) -> None:
        make_referral()
        browser = visit(CASEWORKER)
        address = link_to(browser.get(f"/queue?{ASKED}&after=x"), "Save this view")
        page = browser.get(address)
        assert "Category: Housing" in page.text
        assert "Do not put anybody’s name here" in page.text
        answer = browser.send(page, {"name": "  Late   and urgent "})
        assert answer.location.startswith("/queue?tab=team&sort=urgency")
        shown = browser.get(answer.location)
        assert "View saved." in shown.text
        assert shown_on(shown) == ["Late and urgent*"]
        assert "Save this view" not in shown.text
        other = browser.get("/queue?tab=team")
        assert shown_on(other) == ["Late and urgent"]
        assert link_to(other, "Late and urgent") == answer.location.partition("#")[0]
        assert events() == ["saved_view.added"]

    def test_a_tab_as_it_stands_needs_no_saving(self, app: Flask, visit: Visit) -> None:
        page = visit(CASEWORKER).get("/queue?tab=team").text
        assert "Save this view" not in page
        assert "app-views" not in page

    def test_another_order_alone_can_be_saved(self, app: Flask, visit: Visit) -> None:
        assert "Save this view" in visit(CASEWORKER).get("/queue?tab=team&sort=newest").text

    def test_it_can_be_shared_at_once(self, app: Flask, visit: Visit) -> None:
        visit(CASEWORKER).send(NEW, {"name": "Late", "shared": "y"})
        assert shown_on(visit(MANAGER).get("/queue")) == ["Late"]
        assert events() == ["saved_view.added", "saved_view.shared"]

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("", "Enter a name"),
            ("   ", "Enter a name"),
            ("x" * 61, "The name must be 60 characters or fewer"),
            ("housing, LATE", "There is a view of this name already"),
        ],
    )
    def test_an_error_stands_beside_the_name(self, app: Flask, visit: Visit, name: str, words: str) -> None:
        save()
        answer = visit(CASEWORKER).send(NEW, {"name": name})
        assert answer.status_code == 422
        assert "Error: " in answer.text
        assert words in answer.text
        assert len(views()) == 1

    def test_a_double_click_saves_once(self, app: Flask, visit: Visit) -> None:
        browser = visit(CASEWORKER)
        page = browser.get(NEW)
        assert [browser.send(page, {"name": "Late"}).status_code for _ in range(2)] == [303, 303]
        assert len(views()) == 1

    def test_a_person_has_twenty_and_an_office_shares_thirty(self, app: Flask, visit: Visit) -> None:
        for number in range(MOST_OWN):
            save(f"View {number}", shared=True)
        for number in range(MOST_SHARED - MOST_OWN):
            save(f"View {number}", SECOND_CASEWORKER, shared=True)
        full = visit(CASEWORKER).send(NEW, {"name": "One more"})
        assert full.status_code == 422
        assert "You have 20 views already" in full.text
        shared = visit(MANAGER).send(NEW, {"name": "One more", "shared": "y"})
        assert shared.status_code == 422
        assert "Your office shares 30 views already" in shared.text
        own = save("Only mine", MANAGER)
        browser = visit(MANAGER)
        page = browser.get("/queue/views")
        answer = press(browser, page, "Share with your office")
        assert "Your office shares 30 views already." in browser.get(answer.location).text
        assert views()[-1].id == own.id
        assert views()[-1].shared_at is None

    def test_of_many_the_first_ten_and_the_one_shown_stand_above_the_list(self, app: Flask, visit: Visit) -> None:
        for number in range(10, 23):
            save(f"Own {number}" if number < 22 else "The last", category=("housing",) if number < 22 else ("welfare",))
        browser = visit(CASEWORKER)
        page = browser.get("/queue")
        assert shown_on(page) == [f"Own {number}" for number in range(10, 20)]
        assert link_to(page, "All 13 views") == "/queue/views"
        assert shown_on(browser.get("/queue?tab=team&category=welfare"))[10:] == ["The last*"]

    def test_the_name_lies_sealed(self, app: Flask, visit: Visit) -> None:
        save("Quite unmistakable")
        (view,) = views()
        assert b"unmistakable" not in (view.name_sealed or b"")
        assert view.name == "Quite unmistakable"


class TestOpening:
    @pytest.mark.parametrize("tab", ["mine", "team", "lost"])
    def test_what_is_unknown_or_foreign_is_left_out(self, app: Flask, visit: Visit, tab: str) -> None:
        view = save(category=("housing",))
        foreign = str(OTHER_CASEWORKER.id)
        with transaction():
            found = db.session.get_one(SavedView, view.id)
            more = {"assignee": [foreign], "area": [str(people.THURCROFT.id)], "colour": ["red"], "state": ["lost"]}
            found.codes = {"tab": [tab], "sort": ["colour"], "category": ["housing", "lost"], **more}
            actions.rename_view(found, "Odd", version=found.version, by=CASEWORKER.viewer)
        browser = visit(CASEWORKER)
        href = link_to(browser.get("/queue?tab=team"), "Odd")
        assert href == f"/queue?tab={'mine' if tab == 'lost' else tab}&category=housing"
        page = browser.get(href)
        assert shown_on(page) == ["Odd*"]
        said = text_of(markup.read(page.text).one("div", class_="govuk-inset-text"))
        assert said.startswith("In “Odd” 5 filters are left out: what they asked for is gone, so this list is longer")
        assert "left out" not in browser.get("/queue?tab=team&category=health").text
        listed = browser.get("/queue/views")
        assert listed.status_code == 200
        assert foreign not in listed.text
        assert "5 filters are left out: what they asked for is gone" in listed.text

    def test_nothing_foreign_can_be_saved(self, app: Flask, visit: Visit) -> None:
        browser = visit(CASEWORKER)
        address = f"/queue/views/new?tab=team&assignee={OTHER_CASEWORKER.id}"
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"name": "Late"}).status_code == 404
        assert views() == []

    def test_ones_own_come_first_and_strangers_see_none(self, app: Flask, visit: Visit) -> None:
        save("Alpha", MANAGER, shared=True)
        save("Beta", MANAGER)
        save("Zeta")
        save("Own, shared", shared=True)
        assert shown_on(visit(CASEWORKER).get("/queue")) == ["Own, shared", "Zeta", "Alpha"]
        assert shown_on(visit(MANAGER).get("/queue")) == ["Alpha", "Beta", "Own, shared"]
        assert shown_on(visit(OTHER_MANAGER).get("/queue")) == []
        assert [line.name for line in queries.saved_views(OTHER_MANAGER.viewer)] == []


class TestKeeping:
    def test_it_is_shared_renamed_and_deleted(self, app: Flask, visit: Visit) -> None:
        view = save()
        browser = visit(CASEWORKER)
        page = browser.get("/queue/views")
        press(browser, page, "Share with your office")
        assert shown_on(visit(SECOND_CASEWORKER).get("/queue")) == ["Housing, late"]
        assert browser.send(f"/queue/views/{view.id}/rename", {"name": "Late"}).location == "/queue/views"
        page = browser.get("/queue/views")
        assert "View renamed." in page.text
        press(browser, page, "Stop sharing")
        assert shown_on(visit(SECOND_CASEWORKER).get("/queue")) == []
        page = browser.get("/queue/views")
        answer = press(browser, page, "Delete")
        assert "View deleted." in browser.get(answer.location).text
        assert views() == []
        assert events() == [f"saved_view.{one}" for one in ("added", "shared", "renamed", "unshared", "removed")]

    def test_a_manager_keeps_what_anybody_shares(self, app: Flask, visit: Visit) -> None:
        shared, own = save(shared=True), save("Hers alone")
        browser = visit(MANAGER)
        page = browser.get("/queue/views")
        assert "Shared by Cas Worker." in page.text
        assert "Stop sharing" not in page.text
        assert browser.send(f"/queue/views/{shared.id}/rename", {"name": "Late"}).status_code == 303
        assert browser.get(f"/queue/views/{own.id}/rename").status_code == 404
        page = browser.get("/queue/views")
        assert press(browser, page, "Delete for everybody").status_code == 303
        assert [view.id for view in views()] == [own.id]

    @pytest.mark.parametrize("verb", ["rename", "share", "unshare", "remove"])
    def test_a_colleague_changes_nothing(self, app: Flask, visit: Visit, verb: str) -> None:
        shared, own = save(shared=True), save("Hers alone")
        browser = visit(SECOND_CASEWORKER)
        assert "Rename" not in browser.get("/queue/views").text
        given = {"name": "Mine now", "version": "1"}
        assert browser.post(f"/queue/views/{shared.id}/{verb}", given).status_code == 403
        assert browser.post(f"/queue/views/{own.id}/{verb}", given).status_code == 404
        assert visit(OTHER_MANAGER).post(f"/queue/views/{shared.id}/{verb}", given).status_code == 404
        assert [view.version for view in views()] == [1, 1]

    def test_who_was_second_is_told(self, app: Flask, visit: Visit) -> None:
        view = save(shared=True)
        browser, other = visit(CASEWORKER), visit(MANAGER)
        page, form = browser.get("/queue/views"), browser.get(f"/queue/views/{view.id}/rename")
        other.send(f"/queue/views/{view.id}/rename", {"name": "Theirs"})
        answer = press(browser, page, "Delete for everybody")
        assert "Somebody else changed this view" in browser.get(answer.location).text
        stale = browser.send(form, {"name": "Hers"})
        assert stale.status_code == 409
        assert "Theirs" in stale.text
        assert browser.send(stale).status_code == 303
        assert [one.name for one in views()] == ["Hers"]

    def test_an_empty_list_says_how_to_begin(self, app: Flask, visit: Visit) -> None:
        assert "There are no saved views yet" in visit(CASEWORKER).get("/queue/views").text

    @pytest.mark.parametrize("person", [people.VOLUNTEER, people.LEAD, people.COORDINATOR, people.ADMINISTRATOR])
    def test_nobody_but_an_office_has_views(self, app: Flask, visit: Visit, person: Someone) -> None:
        assert visit(person).get("/queue/views").status_code == 403
