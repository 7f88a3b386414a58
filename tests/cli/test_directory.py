"""The import commands, on small files of the published shapes."""

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from referrals.audit.models import AuditEntry
from referrals.cli.directory import directory
from referrals.directory import queries
from referrals.directory.models import Constituency, Member, Postcode, Term
from referrals.foundation.database import db
from tests import people

# Columns as in the ONS Postcode Directory of November 2025, in its order, the ones between left out.
ONSPD = """\
"pcd7","pcd8","pcds","dointr","doterm","ctry25cd","pcon24cd","lat"
"W12 7AB","W12  7AB","W12 7AB","198001","","E92000001","E14001256",51.5
"W12 0AB","W12  0AB","W12 0AB","198001","","E92000001","E14001207",51.5
"W12 0AD","W12  0AD","W12 0AD","198001","199606","E92000001","E14001207",51.5
"IM1 1AD","IM1  1AD","IM1 1AD","199405","","M83000003","M99999999",99.999999
"""
# The directory of 2024 names the column plainly.
OLDER = 'pcd,pcd2,pcds,doterm,pcon\n"W127AB","W12  7AB","W12 7AB","","E14001207"\n'
SEATS = "gss_code,name,name_cy,nation,region\nE14001557,Tynemouth,,England,North East\n"
WELSH = "gss_code,name\nW07000081,Aberafan Maesteg\n"
MPS = """\
gss_code,constituency,mp_name,party,party_abbreviation,parliament_member_id,member_since
E14001500,A Seat Without,Ines Marlowe,Independent,Ind,90001,1997-05-01
"""


def run(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(directory, [str(argument) for argument in arguments])


@pytest.fixture
def write(tmp_path: Path):
    def _write(content: str, name: str = "rows.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode(encoding))
        return path

    return _write


def seat_of(postcode: str) -> str | None:
    route = queries.route(postcode)
    return route.constituency.name if route else None


def test_postcodes_of_the_ons_find_their_seats(app: Flask, write) -> None:
    result = run(app, "import-postcodes", write(ONSPD))
    assert result.exit_code == 0, result.output
    assert "2 postcodes are in the directory." in result.output
    assert "1 lie in seats the directory does not know, and were left: M99999999." in result.output
    assert seat_of("W12 7AB") == "Hammersmith and Chiswick"
    assert seat_of("W12 0AB") == "Ealing Central and Acton"
    assert seat_of("W12 0AD") is None
    told = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "postcodes.imported")).all()
    assert told == [{"kept": 2, "unknown_seats": 1}]


def test_postcodes_out_of_use_come_only_when_asked_for(app: Flask, write) -> None:
    run(app, "import-postcodes", "--with-terminated", write(ONSPD))
    assert seat_of("W12 0AD") == "Ealing Central and Acton"


def test_an_import_run_again_corrects_and_doubles_nothing(app: Flask, write) -> None:
    run(app, "import-postcodes", write(ONSPD))
    before = db.session.scalar(select(func.count()).select_from(Postcode))
    run(app, "import-postcodes", write(ONSPD), write(OLDER, "older.csv", "utf-8-sig"))
    assert db.session.scalar(select(func.count()).select_from(Postcode)) == before
    assert seat_of("W12 7AB") == "Ealing Central and Acton"


def test_lines_that_are_no_postcodes_are_named_and_the_others_kept(app: Flask, write) -> None:
    content = ONSPD + '"X","X","nonsense","","","","E14001207",0\nshort,line\n'
    result = run(app, "import-postcodes", write(content))
    assert result.exit_code == 1
    assert "rows.csv, line 6: 'nonsense' is not a postcode" in result.output
    assert "rows.csv, line 7: has 2 of 8 columns" in result.output
    assert "2 lines could not be used. The others were." in result.output
    assert seat_of("W12 7AB") == "Hammersmith and Chiswick"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [("", "It has: nothing"), ("a,b\n1,2\n", "no column pcds or"), ("pcds,lat\nW12 7AB,1\n", "no column pcon24cd or")],
)
def test_a_file_of_another_kind_is_refused(app: Flask, write, content: str, complaint: str) -> None:
    result = run(app, "import-postcodes", write(content))
    assert result.exit_code == 1
    assert complaint in result.output


def test_constituencies_are_added_once_and_brought_up_to_date(app: Flask, write) -> None:
    for content in (SEATS, SEATS.replace("Tynemouth", "Tynemouth and Coast"), WELSH):
        assert run(app, "import-constituencies", write(content)).exit_code == 0
    seats = db.session.scalars(select(Constituency).where(Constituency.gss_code.in_(["E14001557", "W07000081"])))
    assert {(seat.name, seat.nation) for seat in seats} == {
        ("Tynemouth and Coast", "England"),
        ("Aberafan Maesteg", "Wales"),
    }
    refused = run(app, "import-constituencies", write("gss_code,name\n14001557,Tynemouth\n"))
    assert refused.exit_code == 1
    assert "line 2: '14001557' is not the ONS code of a named constituency" in refused.output


def test_mps_begin_no_earlier_than_their_seats(app: Flask, write) -> None:
    assert "1 of them new or changed" in run(app, "import-mps", write(MPS)).output
    assert "0 of them new or changed" in run(app, "import-mps", write(MPS)).output
    route = queries.route(people.LONELY_POSTCODE)
    assert route is not None
    assert route.term is not None
    assert (route.member_name, f"{route.term.begins_on}") == ("Ines Marlowe", "2024-07-04")
    assert db.session.scalar(select(func.count()).select_from(Member).where(Member.parliament_id == 90001)) == 1


def test_a_new_mp_replaces_another_only_with_a_reason(app: Flask, write) -> None:
    newcomer = write(MPS.replace("E14001500", "E14001256").replace("1997-05-01", "2026-02-26"))
    refused = run(app, "import-mps", newcomer)
    assert refused.exit_code == 1
    assert "line 2: Hammersmith and Chiswick has another MP since 04 July 2024." in refused.output
    assert run(app, "import-mps", "--end-others", "resignation", newcomer).exit_code == 0
    terms = db.session.scalars(
        select(Term).join(Constituency).where(Constituency.gss_code == "E14001256").order_by(Term.begins_on)
    ).all()
    assert [(term.member.name, str(term.ends_on), term.end_reason) for term in terms] == [
        ("Rowan Ashdown", "2026-02-25", "resignation"),
        ("Ines Marlowe", "None", None),
    ]


def test_a_line_that_is_no_mp_is_named(app: Flask, write) -> None:
    content = MPS + "E14009999,Nowhere,Nobody,,,1,2024-07-04\nE14001500,A Seat,Somebody,,,2,yesterday\n"
    result = run(app, "import-mps", write(content))
    assert result.exit_code == 1
    assert "line 3: There is no constituency E14009999. Import the constituencies first" in result.output
    assert "line 4: 'yesterday' is not a date like 2024-07-04" in result.output
