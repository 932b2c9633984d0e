"""Whoever tells a gate to look away says which one, and why."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house import exemptions


def test_every_exemption_gives_its_reason() -> None:
    silent = [f"{each.kind} {each.place}" for each in exemptions.found() if not each.reason]
    assert silent == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x = 1  # {q}: E501 - the address is one word", "the address is one word"),
        ("x = 1  # {q}: E501, D100", ""),
        ("x = 1  # {q} - everything", ""),
        ("x = 1  # {t}[attr-defined]  # the library has no types", "the library has no types"),
        ("x = 1  # {t}", ""),
        ("x = 1  # {c} - only on Windows", "only on Windows"),
        ("x = 1  # {c}", ""),
    ],
)
def test_reasons_in_comments_are_read(
    line: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marks = {"q": "noq" + "a", "t": "type: ignor" + "e", "c": "pragma: no cove" + "r"}
    (one,) = _exemptions_in(line.format(**marks), tmp_path, monkeypatch)
    assert one.reason == reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("pytest.skip('no display')", "no display"),
        ("mark = pytest.mark.xfail(reason='not yet')", "not yet"),
        ("mark = pytest.mark.skipif(True)", ""),
        ("mark = pytest.mark.skip", ""),
        ("pytest.importorskip('gi')", ""),
    ],
)
def test_reasons_in_tests_are_read(
    line: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (one,) = _exemptions_in(line, tmp_path, monkeypatch)
    assert one.reason == reason


def _exemptions_in(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> list[exemptions.Exemption]:
    monkeypatch.setattr(exemptions, "files", lambda suffix: ("some.py",))
    monkeypatch.setattr(exemptions, "text", lambda path: line)
    monkeypatch.setattr(exemptions, "tree", lambda path: ast.parse(line))
    return exemptions.found()
