"""The parts of the README that are made from the code; `python -m tests.house.readme` writes them again."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click

import config
from referrals.casework import workflow
from referrals.cli.catalogue import COMMANDS

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"


def diagram() -> str:
    """The life of a referral, as Mermaid draws it."""
    return f"```mermaid\n{workflow.diagram().rstrip()}\n```"


def settings() -> str:
    """Every setting, its default and its meaning."""
    rows = [f"| `{s.name}` | {f'`{s.default}`' if s.default else ''} | {s.meaning} |" for s in config.SETTINGS]
    return "\n".join(["| setting | when unset | what it is |", "|---|---|---|", *rows])


def commands() -> str:
    """What `make` and `flask` can do here."""
    made = re.findall(r"^([a-z]+):.*## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    rows = [f"| `make {name}` | {words} |" for name, words in made]
    rows += [f"| `flask --app wsgi {name}` | {words} |" for command in COMMANDS for name, words in told(command)]
    return "\n".join(["| command | what it does |", "|---|---|", *rows])


def told(command: click.Command, before: str = "") -> Iterator[tuple[str, str]]:
    """Each command's whole name with the first sentence of its help; a group tells its commands."""
    name = f"{before}{command.name}"
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from told(inner, f"{name} ")
    else:
        yield name, " ".join((command.help or "").split("\n\n")[0].split())


PARTS: dict[str, Callable[[], str]] = {"diagram": diagram, "commands": commands, "settings": settings}


def current(text: str) -> str:
    """The README's text with every made part made anew."""
    for name, make in PARTS.items():
        begin, end = f"<!-- {name}: begin -->\n", f"\n<!-- {name}: end -->"
        before, rest = text.split(begin, 1)
        _, after = rest.split(end.lstrip("\n"), 1)
        text = f"{before}{begin}{make()}{end}{after}"
    return text


if __name__ == "__main__":
    README.write_text(current(README.read_text(encoding="utf-8")), encoding="utf-8")
