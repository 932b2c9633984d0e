"""The report tells the same in both files, and no cell is a formula."""

import csv
import json

from editor.cli.batch_journal import Line, State
from editor.cli.batch_report import write_report

LINES = [
    Line("/a.png", State.DONE, "j1", "a_edit.png", 0.01, 0),
    Line("/b.png", State.UNKNOWN, "j2", "b_edit.png", code=5, sentence="Perhaps, charged."),
    Line("=c()", State.FAILED, code=3, sentence="No \N{CHECK MARK}"),
]


def test_both_files_tell_what_became_of_each(tmp_path):
    write_report(tmp_path, LINES)
    told = json.loads((tmp_path / "report.json").read_text())
    assert told["files"][0] == {
        "file": "/a.png", "state": "done", "asset": "a_edit.png", "price": 0.01,
        "protected_changed": 0, "sentence": "",
    }  # fmt: skip
    assert [each["asset"] for each in told["files"]] == ["a_edit.png", "", ""]
    assert {name: told[name] for name in told if name != "files"} == {
        "count": 3, "done": 1, "unknown": 1, "failed": 1, "price": 0.01,
    }  # fmt: skip
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["state"] for row in rows] == ["done", "unknown", "failed"]
    assert (rows[0]["price"], rows[1]["sentence"]) == ("0.01", "Perhaps, charged.")
    assert (rows[2]["file"], rows[2]["sentence"]) == ("'=c()", "No \N{CHECK MARK}")


def test_nothing_was_done(tmp_path):
    write_report(tmp_path, [])
    assert json.loads((tmp_path / "report.json").read_text()) == {
        "files": [], "count": 0, "price": 0.0,
    }  # fmt: skip
