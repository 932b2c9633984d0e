"""Results go to standard output, everything else to standard error, nothing steers a terminal."""

import io
import json
import sys

import pytest

from editor.cli.output import Output, plain
from editor.errors import NotSent, ProviderRefused


def test_results_are_lines_for_people(capsys):
    Output(as_json=False).result("one\n    two", {"never": "told"})
    assert capsys.readouterr() == ("one\n    two\n", "")


def test_results_are_objects_for_programs(capsys):
    Output(as_json=True).result("never told", {"file": "ä.png", "bad": "\udcff"})
    out, err = capsys.readouterr()
    assert json.loads(out) == {"file": "ä.png", "bad": "\udcff"}
    assert out.isascii()
    assert err == ""


def test_notes_go_to_standard_error(capsys):
    Output(as_json=True).note("on the way")
    assert capsys.readouterr() == ("", "on the way\n")


def test_a_problem_is_one_sentence_with_foreign_words_below(capsys):
    refused = ProviderRefused("{who} said no.", who="OpenAI", details="policy\n\x1b[31mred")
    Output(as_json=False).problem(refused)
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "frisket: OpenAI said no.\n    policy\n    �[31mred\n"


def test_programs_hear_of_a_problem_too(capsys):
    Output(as_json=True).problem(NotSent("Nothing left."), {"variant": 2})
    out, err = capsys.readouterr()
    assert json.loads(out) == {"variant": 2, "ok": False, "problem": "Nothing left.", "exit": 6}
    assert err == "frisket: Nothing left.\n"


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\r", "\t", "\u202e", "\udcff", "\x9b"])
def test_no_character_steers_a_terminal(sign):
    assert plain(f"a{sign}b") == "a�b"
    assert plain("Zürich 日本 – ok") == "Zürich 日本 – ok"


def test_a_terminal_that_knows_little_gets_what_it_can_show(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    Output(as_json=False).result("Zürich", {})
    assert raw.getvalue() == b"Z?rich\n"
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stdout", quiet)
    Output(as_json=False).result("Zürich", {})
    assert quiet.getvalue() == "Zürich\n"
