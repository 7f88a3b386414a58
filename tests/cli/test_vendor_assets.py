"""Vendoring keeps the rules that pages use, whole, and none of the brand."""

import re
from pathlib import Path

import pytest

from referrals.cli import vendor_assets as vendor

STYLES = [path.read_text() for path in sorted(vendor.VENDOR.glob("*.css"))]


def test_rules_inside_two_conditions_stay_inside_both() -> None:
    css = "@media (a){.x{b:c}@supports (d){.x{e:f}.govuk-tabs{g:h}}}.y{i:j}"
    assert vendor.keep_rules(css, drop=vendor.UNUSED) == "@media (a){.x{b:c}@supports (d){.x{e:f}}}.y{i:j}"


def test_a_selector_is_left_out_without_its_neighbours() -> None:
    assert vendor.keep_rules(".x,.govuk-tabs,.y{a:b}.govuk-tabs{c:d}", drop=vendor.UNUSED) == ".x,.y{a:b}"


def test_the_generic_header_is_not_the_crowned_one() -> None:
    css = ".govuk-header{a:b}.govuk-generic-header{c:d}.govuk-header__logo{e:f}"
    assert vendor.keep_rules(css, drop=vendor.UNUSED) == ".govuk-generic-header{c:d}"


def test_images_and_typefaces_are_left_out() -> None:
    css = '@charset "UTF-8";@font-face{src:url(/a.woff)}.x{background:url(/b.svg)}.y{font-family:GDS Transport,arial}'
    assert vendor.unbrand(vendor.keep_rules(css)) == '@charset "UTF-8";.y{font-family:arial}'


def test_a_changed_script_is_noticed() -> None:
    with pytest.raises(ValueError, match="radios has changed"):
        vendor.mend_radios("something else")


@pytest.mark.parametrize("css", STYLES)
def test_what_is_vendored_has_no_brand_and_asks_for_nothing(css: str) -> None:
    assert not re.search(r"GDS Transport|url\(|crest|crown|#1d70b8|#005ea5|@font-face|sourceMapping", css)
    assert css.count("{") == css.count("}")


def test_every_vendored_file_is_named_with_its_licence() -> None:
    readme = (vendor.VENDOR / "README.md").read_text()
    assert all(f"| {package.name} | {package.version} | MIT |" in readme for package in vendor.PACKAGES)
    files = {path.name for path in Path(vendor.VENDOR).iterdir()} - {"README.md"}
    assert {name for name in files if f"`{name}`" not in readme} == set()
