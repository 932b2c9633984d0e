"""The recipe holds everything a result came from, and reads back as it was written."""

import json
from pathlib import Path

import numpy as np

from editor.cli.pictures import MaskFile, Source
from editor.cli.record import FORMAT, recipe_text
from editor.decoding.pool import Opened
from editor.edits.request import EditRequest, Frame
from editor.edits.variant import Variant
from editor.imaging.facts import Facts
from editor.imaging.geometry import Rect, Size
from editor.imaging.placement import Placement
from editor.imaging.raster import Raster
from editor.mask.exchange import Found, Polarity

RASTER = Raster(np.zeros((20, 30, 4), np.uint8))


def source(name):
    opened = Opened(Facts("png", Size(30, 20)), RASTER, f"digest of {name}")
    return Source(Path(name), b"bytes", opened)


def test_a_recipe_holds_everything():
    coverage = np.zeros((20, 30), np.uint8)
    coverage[5:15, 5:15] = 255
    request = EditRequest(
        RASTER, coverage, "a boat", "openai", "gpt-image-2", frame=Frame.TIGHT, base="b"
    )
    placement = Placement(Rect(0, 0, 30, 20), Size(60, 40))
    variant = Variant(
        id="v", job="j", round="r", raster=RASTER, placement=placement, coverage=coverage,
        base="b", provider="openai", model="gpt-image-2", requested={"size": "60x40"},
        effective={"quality": "low"}, price=0.01, seconds=1.23456,
    )  # fmt: skip
    mask = MaskFile(Path("m.png"), "digest of m", Found(coverage, Polarity.WHITE, "how"))
    files = {"answer": {"file": "a.png"}, "result": {"file": "r.png"}}
    text = recipe_text((source("s.png"), source("r.png")), mask, request, variant, files)
    assert text.endswith("}\n")
    recipe = json.loads(text)
    versions = recipe.pop("versions")
    assert set(versions) == {
        "frisket", "python", "numpy", "opencv-contrib-python-headless", "pillow",
    }  # fmt: skip
    assert recipe.pop("made").endswith("+00:00")
    assert recipe.pop("join")["feather"] > 0
    assert recipe == {
        "format": FORMAT,
        "source": {"file": "s.png", "sha256": "digest of s.png", "width": 30, "height": 20},
        "references": [{"file": "r.png", "sha256": "digest of r.png", "width": 30, "height": 20}],
        "mask": {"file": "m.png", "sha256": "digest of m"},
        "provider": "openai",
        "model": "gpt-image-2",
        "prompt": "a boat",
        "settings": {"size": "60x40"},
        "effective": {"quality": "low"},
        "frame": "tight",
        "window": [0, 0, 30, 20],
        "sent": [60, 40],
        "answer": {"file": "a.png"},
        "result": {"file": "r.png"},
        "price": 0.01,
        "seconds": 1.235,
    }
    whole = json.loads(recipe_text((source("s.png"),), None, request, variant, files))
    assert (whole["mask"], whole["references"]) == (None, [])
