"""The stories of the demonstration: one file a category, each story a referral and the steps of its way."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

Story = Mapping[str, Any]


@cache
def stories() -> tuple[Story, ...]:
    """Every story, oldest first; the keys of a story are described at the head of welfare.toml and in telling.py."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    found = [story for file in files for story in tomllib.loads(file.read_text(encoding="utf-8"))["stories"]]
    return tuple(sorted(found, key=lambda story: (-story["begins"], story["key"])))
