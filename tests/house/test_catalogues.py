"""The catalogues agree with each other and with the code: nothing named is missing, nothing there lies about unused."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta

import config
from referrals.accounts.roles import ROLES, Permission, Role, Side
from referrals.audit.labels import LABELS
from referrals.casework.workflow import STATES, TRANSFERS, TRANSITIONS, AskKind
from referrals.casework.workflow.transition import BACK, STAY
from referrals.directory import lists
from referrals.foundation.database import Base
from referrals.notifications.messages import Message
from referrals.reporting.catalogue import REPORTS
from referrals.stories.workflow import STEPS
from referrals.web.navigation import LINKS
from referrals.web.views import BLUEPRINTS
from tests import markup
from tests.house.endpoints import AUTHORS, DOORS, MOVES, OFFICE
from tests.house.scene import Scene
from tests.plugins.visitors import Visitor

SOURCES = sorted((config.ROOT / "referrals").rglob("*.py"))
TEMPLATES = config.ROOT / "templates"


@cache
def tree(path: Path) -> ast.Module:
    """A source file as Python reads it."""
    return ast.parse(path.read_text())


def nodes(*but: str) -> Iterator[ast.AST]:
    """Everything in the application's code, but for the files named (from the package on)."""
    for path in SOURCES:
        if path.relative_to(config.ROOT / "referrals").as_posix() not in but:
            yield from ast.walk(tree(path))


def texts(*but: str) -> set[str]:
    """Every text that stands in the code by itself, but for the files named."""
    return {node.value for node in nodes(*but) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def attributes_of(name: str, *but: str) -> set[str]:
    """What is read from a name: {"READ"} for `Permission.READ`."""
    return {
        node.attr
        for node in nodes(*but)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
    }


def test_a_transition_leads_from_and_to_states_that_there_are() -> None:
    for row in TRANSITIONS.values():
        assert set(row.sources) <= set(STATES), row.name
        assert {row.target, *row.targets.values()} <= {*STATES, BACK, STAY}, row.name


def test_every_state_is_reached() -> None:
    reached = {target for row in TRANSITIONS.values() for target in (row.target, *row.targets.values())}
    assert set(STATES) - reached == {"draft"}


def test_every_transition_has_words_for_the_history() -> None:
    assert [row.name for row in TRANSITIONS.values() if f"referral.{row.past}" not in LABELS] == []
    # Taking one on is told as the transition.
    told = [step for step in TRANSFERS.values() if step.name not in TRANSITIONS]
    assert [step.name for step in told if f"transfer.{step.past}" not in LABELS] == []
    assert [step.name for step in STEPS.values() if f"case_study.{step.past}" not in LABELS] == []


def test_every_word_of_the_history_is_recorded_somewhere() -> None:
    recorded = texts("audit/labels.py") | {f"referral.{row.past}" for row in TRANSITIONS.values()}
    recorded |= {f"transfer.{step.past}" for step in TRANSFERS.values() if step.name not in TRANSITIONS}
    recorded |= {f"case_study.{step.past}" for step in STEPS.values()}
    assert set(LABELS) - recorded == set(), "nothing records these any more: take them out of the labels"


def test_every_message_is_sent_by_something() -> None:
    named = {node.id for node in nodes("notifications/messages.py") if isinstance(node, ast.Name)}
    named |= attributes_of("messages", "notifications/messages.py")
    assert set(Message.kinds) - named == set(), "nobody queues these any more: take the class and its mail out"


def test_every_question_takes_its_codes_from_a_list_that_there_is() -> None:
    asked = {ask.list_code for row in TRANSITIONS.values() for ask in row.asks if ask.list_code}
    assert asked <= set(lists.list_codes())
    for row in TRANSITIONS.values():
        for ask in row.asks:
            assert (ask.kind in {AskKind.CHOICE, AskKind.CODES}) == (ask.list_code is not None), (row.name, ask.name)


def test_every_list_that_the_code_names_is_there() -> None:
    takes_a_list = {"items", "label", "choices", "codes", "title", "item", "current"}
    named = {
        node.args[0].value
        for node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "lists"
        and node.func.attr in takes_a_list
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert len(named) > 8
    assert named <= set(lists.list_codes())


def test_every_list_is_used() -> None:
    words = texts() | set(re.findall(r"""["']([a-z_]+)["']""", "".join(path.read_text() for path in pages())))
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}

    def is_used(code: str) -> bool:
        """Whether it is named, or a column is named after it, or the code itself writes its codes."""
        one = re.sub(r"ies$", "y", code)
        return code in words or one in columns or {item.code for item in lists.items(code)} <= words

    assert [code for code in lists.list_codes() if not is_used(code)] == []


def test_every_permission_is_asked_for_and_given() -> None:
    asked = attributes_of("Permission", "accounts/roles.py")
    assert {permission.name for permission in Permission} - asked == set(), "no page and no policy asks for these"
    assert set(Permission) == {permission for role in ROLES.values() for permission in role.permissions}
    assert set(ROLES) == set(Role)
    assert {role.side for role in ROLES.values()} == set(Side)


def test_every_report_has_its_doors() -> None:
    opened = {door.address.removeprefix("/reports/") for door in DOORS if door.endpoint == "reports.show"}
    assert set(REPORTS) <= opened, "add rows for these to REPORTS of tests/house/report_doors.py"


def test_every_link_of_the_navigation_leads_somewhere(scene_app: Flask) -> None:
    assert {link.endpoint for link in LINKS} <= set(scene_app.view_functions)


def pages() -> list[Path]:
    """Every template of a page or a mail."""
    return [path for path in sorted(TEMPLATES.rglob("*.*")) if path.suffix in {".html", ".txt"}]


def test_every_view_has_its_test_file() -> None:
    tested = {path.stem.removeprefix("test_") for path in (config.ROOT / "tests" / "web").glob("test_*.py")}
    assert {blueprint.name for blueprint in BLUEPRINTS} - tested == set(), "a test file tests/web/test_<noun>.py each"


def named_pages(app: Flask) -> set[str]:
    """Patterns of the names of templates in the code, and the names in templates; {x} of a text stands for anything."""
    found = {re.escape(text) for text in texts() if re.fullmatch(r"[a-z_./]+\.(html|txt)", text)}
    for node in nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.values]
            found |= {"".join(parts)} if re.search(r"html$|txt$", parts[-1]) else set()
    for path in pages():
        if path.suffix == ".html":
            source = app.jinja_env.parse(path.read_text())
            found |= {re.escape(name) for name in meta.find_referenced_templates(source) if name}
    return found | {re.escape(f"email/{kind.template()}") for kind in Message.kinds.values()} | {r"email/_[a-z]+\.txt"}


def test_every_page_is_drawn_by_something_and_every_page_drawn_is_there(scene_app: Flask) -> None:
    there = {path.relative_to(TEMPLATES).as_posix() for path in pages()}
    named = named_pages(scene_app)
    unused = {page for page in there if not any(re.fullmatch(name, page) for name in named)}
    assert unused == set(), "no view and no other template names these"
    # Only names with a folder: the others are a library's own.
    missing = {name for name in named if "/" in name and "[" not in name}
    missing = {name for name in missing if not any(re.fullmatch(name, page) for page in there)}
    assert {name for name in missing if name.split("/")[0] in {page.split("/")[0] for page in there}} == set()


def test_every_folder_of_pages_belongs_to_a_view() -> None:
    folders = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert folders - {blueprint.name for blueprint in BLUEPRINTS} <= {"email", "errors", "macros", "print"}


def fields_for(name: str, kind: AskKind) -> re.Pattern[str]:
    """What the inputs of a question are called on the page."""
    after = {AskKind.DATE: "-(day|month|year)", AskKind.MONEY: r"-\d-\w+(-\w+)?", AskKind.CODES: r"[-_]\w+"}
    return re.compile(re.escape(name) + after.get(kind, ""))


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("name", MOVES)
def test_every_question_of_a_transition_is_on_its_page(scene: Scene, scene_app: Flask, name: str) -> None:
    state, may = MOVES[name]
    for side, people_of_side in ((Side.GROUP, AUTHORS), (Side.OFFICE, OFFICE)):
        who = min(may & people_of_side, key=lambda one: one.name, default=None)
        if who is None:
            continue
        page = Visitor(scene_app, who).get(f"/referrals/{scene.names[state]}/{name.replace('_', '-')}")
        assert page.status_code == 200
        drawn = {one.get("name", "") for one in markup.read(page.text).elements}
        for ask in TRANSITIONS[name].asked_of(side):
            assert any(fields_for(ask.name, ask.kind).fullmatch(field) for field in drawn), (ask.name, drawn)
