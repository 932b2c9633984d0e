"""What files are, in a line or in a record; one sentence for those that cannot be opened."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from editor.cli.inspect import described, recorded, run
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size


@pytest.fixture
def files(tmp_path):
    good = tmp_path / "good.png"
    Image.fromarray(np.zeros((20, 30, 3), np.uint8)).save(good, dpi=(300, 300))
    turned = tmp_path / "turned.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.fromarray(np.zeros((20, 30, 3), np.uint8)).save(turned, exif=exif)
    bad = tmp_path / "bad\x1b.png"
    bad.write_bytes(b"nothing")
    return good, turned, bad, tmp_path / "gone.png"


def test_people_read_one_line_for_each_file_and_notes_below(files, capsys):
    good, turned, bad, gone = files
    assert run([str(good), str(turned), str(bad), str(gone)]) == 7
    told = capsys.readouterr().out.splitlines()
    assert told[0] == f"{good}: PNG, 30 x 20, 8-bit RGB, 300 dpi"
    assert told[1].startswith(f"{turned}: JPEG, 20 x 30, 8-bit RGB")
    assert told[2] == "    Turned upright by its EXIF orientation."
    assert told[3].endswith("is not a PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF picture.")
    assert "\x1b" not in told[3]
    assert told[4] == f"{gone}: gone.png is not there. Nothing has changed."
    assert len(told) == 5


def test_programs_get_one_object_for_each_file(files, capsys):
    good, turned, bad, _ = files
    assert run(["--json", str(good), str(turned), str(bad)]) == 7
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["ok"] for each in told] == [True, True, False]
    assert told[0] == {
        "file": str(good),
        "ok": True,
        "format": "png",
        "width": 30,
        "height": 20,
        "depth": 8,
        "colour": "rgb",
        "alpha": False,
        "orientation": 1,
        "dpi": pytest.approx([300, 300], abs=0.01),
        "profile": "",
        "frames": 1,
        "notes": [],
    }
    assert told[1]["orientation"] == 6
    assert told[2]["problem"].endswith("picture.")


def test_codes_for_all_and_for_none(files, capsys):
    good, _, bad, gone = files
    assert run([str(good)]) == 0
    assert run([str(bad), str(gone)]) == 3
    capsys.readouterr()


def test_a_picture_in_a_line():
    facts = Facts("tiff", Size(4, 5), 16, "cmyk", alpha=True, profile=b"icc", dpi=(72.5, 72.5))
    assert described(facts) == "TIFF, 4 x 5, 16-bit CMYK with alpha, unnamed profile, 72.5 dpi"
    assert described(Facts("gif", Size(4, 5), colour="palette")) == "GIF, 4 x 5, 8-bit palette"
    named = Facts("png", Size(4, 5), profile=b"icc", profile_name="Display P3")
    assert described(named) == "PNG, 4 x 5, 8-bit RGB, Display P3"
    assert recorded(named)["profile"] == "Display P3"


@pytest.mark.shared
def test_every_odd_file_is_a_picture_or_one_sentence(shared: Path, capsys):
    files = sorted(str(path) for path in (shared / "corpus").rglob("*") if path.is_file())
    assert run(["--json", *files]) == 7
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["file"] for each in told] == files
    for each in told:
        if each["ok"]:
            assert each["width"] > 0
            assert each["height"] > 0
        else:
            assert each["problem"].endswith(".")
            assert len(each["problem"]) <= 160
            assert "\n" not in each["problem"]
    assert sum(each["ok"] for each in told) > 0.9 * len(told)
