"""A profile of one's own whose server honours a number: one request, several finished pictures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from editor.cli.command import main
from editor.preferences.places import profiles_folder
from tests.fakes import photographs
from tests.fakes.editing import assert_kept
from tests.fakes.provider import KEY, Provider

PROFILE = """
label = "Mine"
engine = "remote"
dialect = "form-edits"
base_url = "{base}"
path = "/openai-compatible/v1/images/edits"
auth = "bearer"
count = "{count}"
[[models]]
id = "gpt-image-1"
label = "GPT Image 1"
like = "openai-compatible/gpt-image-1"
"""


@pytest.mark.parametrize(("count", "requests"), [("native", ["3"]), ("fan-out", ["1"] * 3)])
def test_three_variants(
    provider: Provider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    count: str,
    requests: list[str],
) -> None:
    text = PROFILE.format(base=provider.root, count=count)
    (profiles_folder() / "mine.toml").write_text(text)
    monkeypatch.setenv("FRISKET_KEY_MINE", KEY)
    source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
    photographs.write_jpeg(source, 640, 480)
    photographs.write_soft_mask(mask, photographs.soft_disc(640, 480))
    line = ["edit", source, "--mask", mask, "--prompt", "a kite", "--provider", "mine"]
    line += ["--count", "3", "--out", tmp_path / "out", "--json"]
    assert main([str(word) for word in line]) == 0
    asked = [seen.texts.get("n", "1") for seen in provider.log if seen.digest]
    assert asked == requests
    assert sum(provider.charges.values()) == len(requests)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert sorted(each["variant"] for each in told if "file" in each) == [1, 2, 3]
    for name in ("photo_edit.png", "photo_edit-2.png", "photo_edit-3.png"):
        assert_kept(source, tmp_path / "out" / name, mask)
