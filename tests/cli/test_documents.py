"""`flask documents check` on a store that is whole, and on one that lost and changed something."""

from pathlib import Path

from flask import Flask

from tests.casework.cases import make_referral
from tests.documents.keeping import add_document, own_store
from tests.web.intake import load


def test_it_names_what_is_missing_or_changed(app: Flask, tmp_path: Path) -> None:
    load()
    runner = app.test_cli_runner()
    with own_store(tmp_path / "documents"):
        referral = make_referral("in_progress")
        whole, missing, changed = (add_document(referral) for _ in range(3))
        said = runner.invoke(args=["documents", "check"])
        assert (said.exit_code, said.output) == (0, "3 documents are whole, 0 missing, 0 changed.\n")
        (tmp_path / "documents" / str(missing)).unlink()
        (tmp_path / "documents" / str(changed)).write_bytes(b"something else")
        said = runner.invoke(args=["documents", "check"])
    assert said.exit_code == 1
    assert said.output.splitlines() == [
        f"missing: {missing}",
        f"changed: {changed}",
        "1 documents are whole, 1 missing, 1 changed.",
    ]
    assert str(whole) not in said.output
