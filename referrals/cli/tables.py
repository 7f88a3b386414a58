"""Reading big files of rows with a header, line by line, with complaints that name the line."""

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

# Beyond this many a person mends the file, not the lines.
MOST_COMPLAINTS = 20


class Complaints:
    """Lines that could not be read: the first ones are said at once, the rest only counted."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, path: Path, line: int, what: str) -> None:
        """Complain about one line of a file."""
        self.count += 1
        if self.count <= MOST_COMPLAINTS:
            click.echo(f"{path.name}, line {line}: {what}", err=True)
        elif self.count == MOST_COMPLAINTS + 1:
            click.echo("More lines like these are only counted.", err=True)

    def settle(self) -> None:
        """End the command with a failure when there were any."""
        if self.count:
            lines = "1 line" if self.count == 1 else f"{self.count:,} lines"
            raise click.ClickException(f"{lines} could not be used. The others were.")


def header_of(path: Path) -> list[str]:
    """The column names of a file in small letters; a byte-order mark is ignored."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return [name.strip().lower() for name in next(csv.reader(file), [])]


def pick_column(path: Path, header: Sequence[str], names: Sequence[str]) -> str:
    """The first of the names that the file has. Ends the command with a failure when it has none."""
    for name in names:
        if name in header:
            return name
    wanted = " or ".join(names)
    raise click.ClickException(f"{path.name} has no column {wanted}. It has: {', '.join(header) or 'nothing'}")


def rows_of(
    path: Path, columns: Sequence[str | None], complaints: Complaints, advance: Callable[[int], object] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Each row as its line number and the cells of the named columns, trimmed; "" for a column named None.

    A row that is too short is complained about and left out; `advance` is told the length of each line as it is read.
    """
    header = header_of(path)
    places = [header.index(name) if name else None for name in columns]
    last = max((place for place in places if place is not None), default=0)
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(_counted(file, advance) if advance else file)
        next(reader, None)
        try:
            for cells in reader:
                if len(cells) > last:
                    yield reader.line_num, ["" if place is None else cells[place].strip() for place in places]
                elif cells:
                    complaints.add(path, reader.line_num, f"has {len(cells)} of {len(header)} columns")
        except csv.Error as fault:
            raise click.ClickException(f"{path.name}, line {reader.line_num}: {fault}") from fault


def _counted(lines: Iterator[str], advance: Callable[[int], object]) -> Iterator[str]:
    for line in lines:
        advance(len(line))
        yield line
