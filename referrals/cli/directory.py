"""Commands that bring published data into the directory: postcodes, constituencies and MPs."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup

from referrals.accounts.viewer import SERVICE
from referrals.cli.tables import Complaints, header_of, pick_column, rows_of
from referrals.directory import lists
from referrals.directory.actions import imports
from referrals.directory.queries import BadPostcode, normalise_postcode
from referrals.foundation.database import transaction
from referrals.foundation.errors import DomainError, Invalid

BATCH = 5_000
# A progress bar that moves with every line would be most of the work.
BAR_STEP = 1_000_000
POSTCODE_COLUMNS = ("pcds", "pcd8", "pcd7", "pcd2", "pcd", "postcode")
# ONS names the column after the year of its codes: pcon24cd now, pcon before.
SEAT_COLUMN = re.compile(r"pcon(\d\d)cd|pcon")
GSS_CODE = re.compile(r"[EWSN]\d{8}")
EXISTING = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)

directory = AppGroup("directory", help="Bring postcodes, constituencies and MPs into the directory.")


@directory.command("import-postcodes")
@click.argument("files", nargs=-1, required=True, type=EXISTING)
@click.option("--with-terminated", is_flag=True, help="Keep postcodes that are no longer in use, too.")
def import_postcodes(files: Sequence[Path], with_terminated: bool) -> None:
    """Read postcodes and their constituencies from FILES of the ONS (ONSPD or NSPL, as CSV).

    Import the constituencies first. Each batch is saved as it is read: an import that was stopped can be run again.
    """
    seats = imports.known_seats()
    if not seats:
        raise click.ClickException("There are no constituencies yet. Run flask directory import-constituencies first.")
    complaints, tally = Complaints(), imports.PostcodeTally()
    for path in files:
        _import_file(path, seats, with_terminated, tally, complaints)
    with transaction():
        imports.note_postcodes(tally, by=SERVICE)
    click.echo(f"{tally.kept:,} postcodes are in the directory.")
    if tally.unknown_seats:
        codes = ", ".join(code for code, _ in tally.unknown_seats.most_common(5))
        click.echo(f"{tally.unknown_seats.total():,} lie in seats the directory does not know, and were left: {codes}.")
    complaints.settle()


def _import_file(
    path: Path, seats: dict[str, UUID], with_terminated: bool, tally: imports.PostcodeTally, complaints: Complaints
) -> None:
    header = header_of(path)
    columns = [
        pick_column(path, header, POSTCODE_COLUMNS),
        pick_column(path, header, _seat_columns(header)),
        "doterm" if "doterm" in header else None,
    ]
    batch: list[tuple[str, str]] = []
    with click.progressbar(length=path.stat().st_size, label=path.name, update_min_steps=BAR_STEP) as bar:
        for line, (typed, gss_code, ended) in rows_of(path, columns, complaints, bar.update):
            if ended and not with_terminated:
                continue
            try:
                batch.append((normalise_postcode(typed), gss_code))
            except BadPostcode:
                complaints.add(path, line, f"{typed[:12]!r} is not a postcode")
            if len(batch) >= BATCH:
                _keep(batch, seats, tally)
        _keep(batch, seats, tally)


def _keep(batch: list[tuple[str, str]], seats: dict[str, UUID], tally: imports.PostcodeTally) -> None:
    with transaction():
        imports.keep_postcodes(batch, seats, tally, by=SERVICE)
    batch.clear()


def _seat_columns(header: Sequence[str]) -> list[str]:
    """The columns of constituency codes, the newest first."""
    found = [name for name in header if SEAT_COLUMN.fullmatch(name)]
    return sorted(found, reverse=True) or ["pcon24cd", "pcon"]


@directory.command("import-constituencies")
@click.argument("file", type=EXISTING)
def import_constituencies(file: Path) -> None:
    """Read constituencies from a CSV FILE with the columns gss_code, name and, if it has them, nation and region."""
    header, complaints = header_of(file), Complaints()
    columns = [pick_column(file, header, [name]) for name in ("gss_code", "name")]
    optional = [name if name in header else None for name in ("nation", "region")]
    rows: dict[str, dict[str, str | None]] = {}
    for line, (gss_code, name, nation, region) in rows_of(file, [*columns, *optional], complaints):
        if GSS_CODE.fullmatch(gss_code) and name:
            rows[gss_code] = {
                "gss_code": gss_code,
                "name": name,
                "nation": nation or _nation(gss_code),
                "region": region,
            }
        else:
            complaints.add(file, line, f"{gss_code[:12]!r} is not the ONS code of a named constituency")
    with transaction():
        count = imports.keep_constituencies(list(rows.values()), by=SERVICE)
    click.echo(f"{count:,} constituencies are in the directory.")
    complaints.settle()


def _nation(gss_code: str) -> str:
    return {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}[gss_code[0]]


@directory.command("import-mps")
@click.argument("file", type=EXISTING)
@click.option(
    "--end-others",
    type=click.Choice(sorted(lists.codes("term_end_reasons"))),
    help="End the term of an MP whom the file replaces, for this reason.",
)
def import_mps(file: Path, end_others: str | None) -> None:
    """Read sitting MPs from a CSV FILE: gss_code, mp_name, member_since, perhaps party, parliament_member_id."""
    header, complaints = header_of(file), Complaints()
    columns = [pick_column(file, header, [name]) for name in ("gss_code", "mp_name", "member_since")]
    optional = [name if name in header else None for name in ("party", "parliament_member_id")]
    changed = total = 0
    with transaction():
        for line, cells in rows_of(file, [*columns, *optional], complaints):
            total += 1
            try:
                changed += _keep_member(cells, end_others)
            except Invalid as fault:
                complaints.add(file, line, "; ".join(fault.errors.values()))
            except imports.SeatTaken as fault:
                complaints.add(file, line, f"{fault}. Say why that term ended: --end-others")
            except (DomainError, LookupError, ValueError) as fault:
                complaints.add(file, line, str(fault))
    click.echo(f"{total:,} MPs read, {changed:,} of them new or changed.")
    complaints.settle()


def _keep_member(cells: Sequence[str], end_others: str | None) -> bool:
    gss_code, name, since, party, parliament_id = cells
    return imports.keep_sitting_member(
        gss_code=gss_code,
        name=name,
        since=_day(since),
        party=party or None,
        parliament_id=int(parliament_id) if parliament_id.isdecimal() else None,
        end_others=end_others,
        by=SERVICE,
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:12]!r} is not a date like 2024-07-04") from None
