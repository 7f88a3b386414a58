"""The shape of the house: small files, no rooms for leftovers, one writer of a referral's state."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [*sorted((ROOT / "referrals").rglob("*.py")), ROOT / "config.py", ROOT / "wsgi.py"]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_TEMPLATE = 150
COLLECTING_NAMES = {"util", "utils", "helper", "common", "misc", "types", "constants"}
THE_WRITER_OF_STATES = ROOT / "referrals" / "casework" / "actions"


def name(path: Path) -> str:
    """The path as a person would say it."""
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> int:
    """How many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def test_there_is_something_to_look_at() -> None:
    assert len(SOURCES) > 50
    assert len(TEMPLATES) > 20


def test_no_file_is_too_long() -> None:
    assert [f"{name(path)}: {lines(path)}" for path in [*SOURCES, *TESTS] if lines(path) > LONGEST_FILE] == []


def test_no_template_is_too_long() -> None:
    assert [f"{name(path)}: {lines(path)}" for path in TEMPLATES if lines(path) > LONGEST_TEMPLATE] == []


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_is_too_long() -> None:
    long = [
        f"{name(path)}: {function.name}"
        for path in SOURCES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_no_room_collects_leftovers() -> None:
    assert [name(path) for path in SOURCES if COLLECTING_NAMES & {path.stem, path.parent.name}] == []


def test_every_file_says_what_it_holds() -> None:
    silent = [name(path) for path in [*SOURCES, *TESTS] if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert [path for path in silent if not path.startswith("tests/") or not path.endswith("__init__.py")] == []


def writes_a_state(node: ast.AST) -> bool:
    """Whether this assigns to somebody's `.state`, in any of the ways Python has."""
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    return any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets)


def test_only_one_function_writes_a_referrals_state() -> None:
    writers = {
        name(path)
        for path in (ROOT / "referrals" / "casework").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if writes_a_state(node)
    }
    assert writers == {name(THE_WRITER_OF_STATES / "moving.py")}


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_have_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|javascript:", text)


def test_the_repository_names_no_machine() -> None:
    foreign = re.compile(r"/root/|/home/[a-z]|\.\./shared|index-url|://[^ \"']*/simple")
    files = [*SOURCES, *TEMPLATES, ROOT / "README.md", ROOT / "Makefile", ROOT / "pyproject.toml"]
    files += sorted(ROOT.glob("requirements*.txt"))
    assert [name(path) for path in files if foreign.search(path.read_text(encoding="utf-8"))] == []
