"""A profile of one's own whose server honours a number: one request, several finished pictures."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from editor.cli.command import main
from editor.preferences.places import profiles_folder
from tests.fakes import photographs
from tests.fakes.editing import assert_kept
from tests.fakes.provider import KEY, Provider

Asked = Callable[[str, str], int]

PROFILE = """
label = "Mine"
engine = "remote"
dialect = "form-edits"
base_url = "{base}"
path = "{path}"
auth = "bearer"
count = "{count}"
[[models]]
id = "gpt-image-1"
label = "GPT Image 1"
like = "openai-compatible/gpt-image-1"
"""


@pytest.fixture
def asked(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Ask such a provider at the command line for three pictures."""

    def ask(count: str, path: str) -> int:
        text = PROFILE.format(base=provider.root, path=path, count=count)
        (profiles_folder() / "mine.toml").write_text(text)
        monkeypatch.setenv("FRISKET_KEY_MINE", KEY)
        source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
        photographs.write_jpeg(source, 640, 480)
        photographs.write_soft_mask(mask, photographs.soft_disc(640, 480))
        line = ["edit", source, "--mask", mask, "--prompt", "a kite", "--provider", "mine"]
        line += ["--count", "3", "--out", tmp_path / "out", "--json"]
        return main([str(word) for word in line])

    return ask


@pytest.mark.parametrize(("count", "requests"), [("native", ["3"]), ("fan-out", ["1"] * 3)])
def test_three_variants(
    provider: Provider,
    asked: Asked,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    count: str,
    requests: list[str],
) -> None:
    assert asked(count, "/openai-compatible/v1/images/edits") == 0
    sent = [seen.texts.get("n", "1") for seen in provider.log if seen.digest]
    assert sent == requests
    assert sum(provider.charges.values()) == len(requests)
    said = capsys.readouterr()
    told = [json.loads(line) for line in said.out.splitlines()]
    assert sorted(each["variant"] for each in told if "file" in each) == [1, 2, 3]
    assert "that were asked for" not in said.err
    for name in ("photo_edit.png", "photo_edit-2.png", "photo_edit-3.png"):
        assert_kept(tmp_path / "photo.jpg", tmp_path / "out" / name, tmp_path / "mask.png")


def test_fewer_than_were_asked_for_are_told(
    provider: Provider, asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("native", "/acedata/v1/images/edits") == 0
    assert "Of 3 pictures that were asked for, 1 came." in capsys.readouterr().err
    assert [seen.texts["n"] for seen in provider.log if seen.digest] == ["3"]
