"""Fetches the design system's built files and keeps only what the pages use, without any brand of government.

Run `python -m referrals.cli.vendor_assets` after changing a version below. It needs npm on the machine to fetch
the packages; nothing else in the product does.
"""

import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
GOVUK = "package/dist/govuk/"
MOJ = "package/moj/"
# The reader's own typeface instead of the one licensed to GOV.UK alone.
TYPE = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif'

# Components whose rules no page uses. The header and the crown are left out because they are GOV.UK's own brand.
UNUSED = re.compile(
    r"\.govuk-(accordion|breadcrumbs|cookie-banner|exit-this-page|header(?![a-z])|logo-dot|phase-banner|tabs|drop-zone"
    r"|footer__(crown|copyright-logo|licence)|file-upload|task-list|section-break"
    # Of the small classes that override one property, the pages use two kinds.
    r"|\\!-(?!margin-bottom|width))"
)
MOJ_USED = re.compile(r"\.moj-(timeline(?!__document)|badge|filter(?!-tags|__tag))|\[aria-sort\]")
BRAND_BLUES = re.compile(r"#(1d70b8|005ea5|003078|1a65a6)\b")


class Package(NamedTuple):
    """One npm package: its name and the exact version taken."""

    name: str
    version: str


PACKAGES = (Package("govuk-frontend", "6.3.0"), Package("@ministryofjustice/frontend", "11.1.0"))


def main() -> None:
    """Fetch both packages and write the vendor folder anew."""
    with tempfile.TemporaryDirectory() as folder:
        govuk, moj = (fetch(package, Path(folder)) for package in PACKAGES)
        write("govuk.css", unbrand(keep_rules(govuk.read(GOVUK + "govuk-frontend.min.css"), drop=UNUSED)))
        write("govuk.js", mend_radios(without_source_map(govuk.read(GOVUK + "govuk-frontend.min.js"))))
        write("moj.css", unbrand(keep_rules(moj.read(MOJ + "moj-frontend.min.css"), keep=MOJ_USED)))
        script = moj.read(MOJ + "components/sortable-table/sortable-table.mjs")
        write("moj-sortable-table.js", without_source_map(script.replace("'govuk-frontend'", "'./govuk.js'")))
        write("README.md", readme([govuk.manifest(), moj.manifest()]))


class Tarball:
    """A fetched npm package, read file by file without unpacking it."""

    def __init__(self, path: Path) -> None:
        self._archive = tarfile.open(path)  # noqa: SIM115  closed with the process, minutes later at most

    def read(self, name: str) -> str:
        """Return the text of one file of the package; KeyError when the package has no such file."""
        member = self._archive.extractfile(name)
        if member is None:
            raise KeyError(name)
        return member.read().decode()

    def manifest(self) -> dict[str, str]:
        """Return package.json's fields."""
        fields: dict[str, str] = json.loads(self.read("package/package.json"))
        return fields


def fetch(package: Package, folder: Path) -> Tarball:
    """Download one package with npm, which checks its integrity, and open it."""
    wanted = f"{package.name}@{package.version}"
    packed = subprocess.run(["npm", "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, text=True)
    return Tarball(folder / packed.stdout.strip().splitlines()[-1])


def top_rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Each rule of minified CSS at the outermost level: what stands before its braces, and what is in them.

    A statement without braces, such as @charset, comes with None.
    """
    depth, start, opened = 0, 0, 0
    for place, character in enumerate(css):
        if character == "{":
            opened = place if depth == 0 else opened
            depth += 1
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield css[start:opened], css[opened + 1 : place]
                start = place + 1
        elif character == ";" and depth == 0:
            yield css[start : place + 1], None
            start = place + 1


def keep_rules(css: str, *, drop: re.Pattern[str] | None = None, keep: re.Pattern[str] | None = None) -> str:
    """Return minified CSS with only the selectors wanted, looking inside media queries too."""
    kept = []
    for prelude, body in top_rules(css):
        if body is None:
            kept.append(prelude if keep is None else "")
        elif prelude.startswith(("@media", "@supports")):
            inner = keep_rules(body, drop=drop, keep=keep)
            kept.append(f"{prelude}{{{inner}}}" if inner else "")
        elif prelude.startswith("@"):
            kept.append(f"{prelude}{{{body}}}" if keep is None and prelude != "@font-face" else "")
        else:
            kept.append(plain_rule(prelude, body, drop, keep))
    return "".join(kept)


def plain_rule(prelude: str, body: str, drop: re.Pattern[str] | None, keep: re.Pattern[str] | None) -> str:
    """Return one rule with the selectors wanted, or nothing when none is left or it asks for a foreign image."""
    selectors = [one for one in prelude.split(",") if not (drop and drop.search(one))]
    if keep:
        selectors = [one for one in selectors if keep.search(one)]
    if not selectors or "url(" in body:
        return ""
    return f"{','.join(selectors)}{{{body}}}"


def unbrand(css: str) -> str:
    """Take GOV.UK's typeface and blues out: the type becomes the reader's own, the blues follow our brand colour."""
    css = without_source_map(css).replace("GDS Transport,arial,sans-serif", TYPE)
    css = css.replace("GDS Transport,", "").replace("--govuk-brand-colour:#1d70b8;", "--govuk-brand-colour:#0b5c63;")
    return BRAND_BLUES.sub("#0b5c63", css)


def mend_radios(script: str) -> str:
    """Leave out aria-expanded on radios, which ARIA does not allow there; ValueError when the script has changed."""
    kept = 'i.classList.toggle("govuk-radios__conditional--hidden",!e)'
    found = 't.setAttribute("aria-expanded",e.toString()),' + kept
    if script.count(found) != 1:
        raise ValueError("the script of the radios has changed: look at mend_radios()")
    return script.replace(found, kept)


def without_source_map(text: str) -> str:
    """Cut the last comment that names a source map, which is not shipped."""
    return re.sub(r"/[/*]# sourceMappingURL=\S+( \*/)?\s*$", "", text)


def write(name: str, text: str) -> None:
    """Write one vendored file and tell its size."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    (VENDOR / name).write_text(text.strip() + "\n", encoding="utf-8")
    print(f"{name}: {len(text.encode()) / 1000:.1f} kB")


def readme(manifests: list[dict[str, str]]) -> str:
    """Return the folder's own page: what was taken, which version, under which licence."""
    rows = "\n".join(f"| {m['name']} | {m['version']} | {m['license']} |" for m in manifests)
    return (
        "# Files from others\n\n"
        "Written by `python -m referrals.cli.vendor_assets`: change the versions there and run it again, and never\n"
        "edit these files by hand.\n\n"
        "| package | version | licence |\n|---|---|---|\n"
        f"{rows}\n\n"
        "Taken: `govuk.css` and `govuk.js` from govuk-frontend; `moj.css` (timeline, filter, badge, sortable table)\n"
        "and `moj-sortable-table.js` from @ministryofjustice/frontend.\n\n"
        "Changed: `govuk.js` no longer puts `aria-expanded` on radios, where ARIA does not allow it.\n\n"
        "Left out on purpose, because this is not a GOV.UK service: the GDS Transport typeface, the crown and the\n"
        "crest, the GOV.UK blue and the GOV.UK header. Components no page uses are left out to keep pages light.\n\n"
        "Both packages are Copyright (c) Crown Copyright (Government Digital Service; Ministry of Justice) and come\n"
        "under the MIT licence: permission is granted, free of charge, to any person obtaining a copy to use, copy,\n"
        "modify, merge, publish, distribute, sublicense and sell copies, provided that the copyright notice and the\n"
        "permission notice are included in all copies. They are provided as they are, without warranty of any kind.\n"
    )


if __name__ == "__main__":
    main()
