"""Every action that is recorded anywhere has words for a history page."""

import ast
from collections.abc import Iterator

import config
from referrals.audit.labels import LABELS


def recorded_actions() -> Iterator[str]:
    """The names of actions that the code gives to `record`, where they stand there as plain text."""
    for path in (config.ROOT / "referrals").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in ("record", "_record"):
                for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
                    if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and "." in argument.value:
                        yield argument.value


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_every_recorded_action_has_a_label() -> None:
    recorded = set(recorded_actions())
    assert len(recorded) > 20
    assert not sorted(recorded - set(LABELS))


def test_actions_are_named_noun_dot_past() -> None:
    assert all(action.count(".") == 1 and action.replace(".", "_").isidentifier() for action in LABELS)
    assert len(set(LABELS.values())) == len(LABELS)
