"""Random tables of each kind of picture, with numbers that are not shown among them."""

from decimal import Decimal

from hypothesis import strategies as st

from referrals.reporting.report import Column, Mark, Picture, Row, Table, Unit, Value

NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug")
MONTHS = [f"{month} {year}" for year in (2024, 2025, 2026) for month in NAMES]
WORDS = st.text(alphabet="abcdefghij WMmil’–é", min_size=1, max_size=70).map(lambda words: words.strip() or "x")

counts: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.integers(0, 12), st.integers(0, 3_000), st.sampled_from([0, 1, 1_000_000])
)
days: st.SearchStrategy[Value] = st.one_of(counts, st.integers(0, 900).map(lambda halves: Decimal(halves) / 2))


def _table(picture: Picture, columns: list[str], rows: list[Row], **more: object) -> Table:
    return Table(
        key="random",
        title="A random table",
        first="Days <from> sent to the end & on",
        columns=tuple(Column(label, Unit.DAYS if picture is Picture.BARS else Unit.REFERRALS) for label in columns),
        rows=tuple(rows),
        charted=tuple(range(len(columns))),
        picture=picture,
        **more,  # type: ignore[arg-type]
    )


@st.composite
def bars(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(WORDS, min_size=1, max_size=3))
    labels = draw(st.lists(WORDS, min_size=1, max_size=8))
    return _table(Picture.BARS, columns, [Row(one, tuple(draw(days) for _ in columns)) for one in labels])


@st.composite
def lines(draw: st.DrawFn) -> Table:
    columns = draw(st.lists(WORDS, min_size=1, max_size=4))
    months = MONTHS[: draw(st.integers(3, len(MONTHS)))]
    return _table(Picture.LINES, columns, [Row(month, tuple(draw(counts) for _ in columns)) for month in months])


@st.composite
def distribution(draw: st.DrawFn) -> Table:
    labels = draw(st.lists(WORDS.map(lambda words: words[:16]), min_size=2, max_size=9))
    places = draw(st.lists(st.floats(0, len(labels)), max_size=2))
    marks = tuple(Mark(draw(WORDS), place) for place in sorted(places))
    return _table(Picture.DISTRIBUTION, ["Referrals"], [Row(one, (draw(counts),)) for one in labels], marks=marks)


@st.composite
def flow(draw: st.DrawFn) -> Table:
    rows: list[Row] = []
    for number, label in enumerate(draw(st.lists(WORDS, min_size=1, max_size=6, unique=True))):
        name = f"{number} {label}"
        rows.append(Row(name, (draw(counts),)))
        parts = draw(st.lists(WORDS, max_size=6)) if draw(st.booleans()) else []
        rows += [Row(f"{name}: {part}", (draw(counts),), part_of=name) for part in parts]
    return _table(Picture.FLOW, ["Referrals"], rows, total=Row("Received", (draw(counts),)))


tables = st.one_of(bars(), lines(), distribution(), flow())
