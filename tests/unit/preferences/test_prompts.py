"""Earlier prompts outlive the program; a damaged file costs nothing else."""

import json

import pytest

from editor.preferences import prompts
from editor.preferences.places import config_folder
from editor.preferences.prompts import MOST, Prompted, load, save


def test_what_is_saved_is_there_again():
    told = (Prompted("a red kite \N{CHECK MARK}", "gpt-image-2"), Prompted("night\nfall", "m"))
    assert load() == ()
    assert save(told)
    assert load() == told


def test_only_the_newest_are_kept():
    assert save([Prompted(str(number), "m") for number in range(MOST + 5)])
    assert load() == tuple(Prompted(str(number), "m") for number in range(MOST))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"3", b"[3]", b'[{"prompt": "a"}]', b"\xff\xfe", b"[" * 100_000]
)
def test_a_damaged_file_is_none(data):
    (config_folder() / "prompts.json").write_bytes(data)
    assert load() == ()


def test_a_disk_that_refuses_stops_nothing(monkeypatch):
    folder = config_folder() / "prompts.json"
    folder.mkdir()
    assert not save([Prompted("a", "m")])
    assert load() == ()
    monkeypatch.setattr(prompts, "LARGEST_FILE", 4)
    folder.rmdir()
    folder.write_text(json.dumps([{"prompt": "a", "model": "b"}]))
    assert load() == ()
