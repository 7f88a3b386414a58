"""The README against the code: its map, its diagram, its commands and its settings are current."""

import re

from tests.house.readme import README, ROOT, current

TEXT = README.read_text(encoding="utf-8")


def test_the_parts_made_from_the_code_are_current() -> None:
    assert current(TEXT) == TEXT, "write them again with: python -m tests.house.readme"


def test_the_map_names_every_room() -> None:
    rooms = {f"referrals/{path.name}" for path in (ROOT / "referrals").iterdir() if (path / "__init__.py").exists()}
    named = set(re.findall(r"^\| `(referrals/[a-z]+)` \|", TEXT, re.MULTILINE))
    assert named == rooms


def test_what_it_points_at_exists() -> None:
    section = TEXT.partition("## Where do I…?")[2].partition("## How a referral moves")[0]
    paths = set(re.findall(r"`([a-z_]+(?:/[a-z_*.]+)+|config\.py)`", section))
    assert len(paths) > 10
    assert [path for path in sorted(paths) if not list(ROOT.glob(path))] == []


def test_its_links_and_pictures_exist() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
