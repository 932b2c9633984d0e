"""Assets in every manner, as other readers find them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from psd_tools import PSDImage

from editor.compose.assets import export as exporting
from editor.compose.assets.export import NOTES, SHALLOW, Asset, Exported, encoded, planned, write
from editor.compose.assets.manner import Exif, Manner
from editor.errors import CannotWrite, InputProblem
from editor.imaging import codec, colorimetry, icc, psd, xmp
from editor.imaging.geometry import Size
from editor.imaging.psd import background
from editor.imaging.raster import Native
from tests.fakes.exported import SIZE, edited, facts, read
from tests.fakes.joining import source
from tests.fakes.pictures import exif_block, grey_profile, p3_profile, read_png, xmp_packet


def written(tmp_path: Path, manner: Manner, base: Native, **more: object) -> tuple[Exported, bytes]:
    """An edited picture in a manner; what is told of it, and its bytes."""
    result, may_change = edited(base)
    beside = {name: more.pop(name) for name in ("xmp", "colours") if name in more}
    told = facts(base, exif=exif_block(1), **beside)
    asset = Asset(result, told, base, may_change, **more)
    path = tmp_path / f"a{manner.suffix(told)}"
    done = write(asset, path, manner, read)
    return done, path.read_bytes()


@pytest.mark.parametrize("depth", [8, 16])
def test_a_patch_lies_over_the_source_exactly(tmp_path: Path, depth: int) -> None:
    base = source(SIZE, depth, 3, p3_profile())
    done, data = written(tmp_path, Manner(format="patch", longest=20, srgb=True), base)
    assert (done.protected, done.changed, done.exact, done.note) == (1000, 0, True, "")
    back = read(data, "a")
    assert (back.size, back.depth, back.profile) == (SIZE, depth, p3_profile())
    assert np.count_nonzero(back.samples[..., 3]) == 200
    assert not back.samples[back.samples[..., 3] == 0].any()


def test_what_is_no_file_has_the_same_bytes(tmp_path: Path) -> None:
    base = source(SIZE, 16, 4)
    result, may_change = edited(base)
    asset = Asset(result, facts(base, exif=exif_block(1)), base, may_change)
    assert encoded(asset, Manner(format="png")) == written(tmp_path, Manner(format="png"), base)[1]


def test_a_cut_out_has_the_mask_as_its_alpha(tmp_path: Path) -> None:
    base = source(SIZE)
    coverage = np.zeros((30, 40), np.uint8)
    coverage[5:25, 5:35] = 200
    done, data = written(tmp_path, Manner(format="cutout"), base, coverage=coverage)
    assert (done.protected, done.changed, done.exact) == (1000, 0, True)
    assert np.array_equal(read(data, "a").samples[..., 3], coverage)


@pytest.mark.parametrize("coverage", [None, np.zeros((30, 40), np.uint8)])
def test_without_a_mask_nothing_is_cut_out(tmp_path: Path, coverage: object) -> None:
    with pytest.raises(InputProblem, match="Nothing is painted"):
        written(tmp_path, Manner(format="cutout"), source(SIZE), coverage=coverage)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("manner", "note"),
    [
        (Manner(longest=20), NOTES["size"]),
        (Manner(srgb=True), NOTES["srgb"]),
        (Manner(depth=8), SHALLOW),
        (Manner(format="avif", lossless=False), NOTES["avif"]),
        (Manner(format="webp", lossless=False, longest=20, srgb=True), NOTES["webp"]),
    ],
)
def test_what_is_not_exact_says_why(tmp_path: Path, manner: Manner, note: str) -> None:
    done, data = written(tmp_path, manner, source(SIZE, 16, 3, p3_profile()))
    assert (done.note, done.exact, done.protected, done.changed) == (note, False, 1000, 0)
    back = read(data, "a")
    assert back.size == (Size(20, 15) if manner.longest else SIZE)
    assert back.profile == (icc.srgb() if manner.srgb else p3_profile())


@pytest.mark.parametrize("format", ["png", "tiff", "jpeg", "webp", "avif"])
def test_what_the_file_says_is_what_was_chosen(tmp_path: Path, format: str) -> None:
    base = source(SIZE)
    _, plain = written(tmp_path, Manner(format=format), base)
    assert codec.read_facts(plain, "a").exif != b""
    assert b"DigitalSourceType" not in plain
    _, clean = written(tmp_path, Manner(format=format, exif="none", dpi=72), base)
    known = codec.read_facts(clean, "a")
    assert known.exif == b""
    if format not in {"webp", "avif"}:
        assert known.dpi == pytest.approx((72, 72), abs=0.01)
    _, open_ = written(tmp_path, Manner(format=format, exif="no-place", disclosed=True), base)
    assert codec.read_facts(open_, "a").exif != b""
    assert xmp.COMPOSITE.encode() in open_


@pytest.mark.parametrize("format", ["png", "tiff", "jpeg", "webp", "avif", "patch", "psd"])
@pytest.mark.parametrize(
    ("exif", "kept"), [("kept", ["London", "Ann\u00e9"]), ("no-place", ["Ann\u00e9"]), ("none", [])]
)
def test_xmp_goes_the_way_of_exif(tmp_path: Path, format: str, exif: Exif, kept: list[str]) -> None:
    _, data = written(tmp_path, Manner(format=format, exif=exif), source(SIZE), xmp=xmp_packet(6))
    found = _packet_in(data)
    assert [word for word in ("London", "Ann\u00e9", "51,30.5N") if word in found] == (
        [*kept, "51,30.5N"] if "London" in kept else kept
    )
    assert "T0xE" not in found, "the thumbnail shows the picture as it was"


def _packet_in(data: bytes) -> str:
    if data.startswith(b"8BPS"):
        found = PSDImage.open(io.BytesIO(data)).image_resources.get_data(0x0424) or b""
    else:
        found = codec.read_facts(data, "a").xmp
    return found.decode()


RECIPE = json.dumps({"prompt": "a kite \u2028"})


@pytest.mark.parametrize("format", ["png", "tiff", "jpeg", "webp", "avif", "psd"])
def test_a_recipe_is_told_inside_where_it_is_given(tmp_path: Path, format: str) -> None:
    base = source(SIZE)
    done, data = written(
        tmp_path, Manner(format=format, exif="none"), base, xmp=xmp_packet(), recipe=RECIPE
    )
    assert done.changed == 0
    assert xmp.recipe_in(_packet_in(data).encode()) == RECIPE
    assert "Ann" not in _packet_in(data)
    _, again = written(tmp_path, Manner(format=format), base, xmp=_packet_in(data).encode())
    assert "kite" not in _packet_in(again), "the recipe of the source is not this picture's"


def test_a_jpeg_that_is_too_narrow_keeps_what_was_chosen_or_is_not_written(tmp_path: Path) -> None:
    long = xmp_packet().replace(b"London", b"L" * 60_000)
    manner = Manner(format="jpeg", disclosed=True)
    _, data = written(tmp_path, manner, source(SIZE), xmp=long)
    assert "LLL" in _packet_in(data)
    recipe = json.dumps({"prompt": "k" * 20_000})
    _, data = written(tmp_path, manner, source(SIZE), xmp=long, recipe=recipe)
    assert xmp.recipe_in(_packet_in(data).encode()) == recipe
    assert xmp.COMPOSITE in _packet_in(data)
    assert "LLL" not in _packet_in(data)
    (tmp_path / "a.jpg").unlink()
    with pytest.raises(InputProblem, match="too long for a JPEG"):
        written(tmp_path, manner, source(SIZE), recipe=recipe * 4)
    assert not list(tmp_path.iterdir())


def test_what_a_png_says_of_its_colours_goes_the_way_of_its_profile(tmp_path: Path) -> None:
    wide = b"cICP" + bytes([12, 13, 0, 1])
    base = source(SIZE, profile=colorimetry.profile(wide))
    names = {b"cICP", b"iCCP"}
    for manner, want in ((Manner(), {b"cICP"}), (Manner(srgb=True), {b"iCCP"})):
        done, data = written(tmp_path, manner, base, colours=wide)
        assert done.exact is not manner.srgb
        assert names & read_png(data)[1].keys() == want
    assert read(data, "a").profile == icc.srgb()


def test_what_is_planned_is_what_is_told(tmp_path: Path) -> None:
    base = source(SIZE)
    result, may_change = edited(base)
    asset = Asset(result, facts(base), base, may_change)
    path = tmp_path / "a.png"
    found = planned(asset, path)
    assert not path.exists()
    done = write(asset, path, Manner(), read)
    assert replace(found, size=done.size) == done


@pytest.mark.parametrize("colour", ["rgb", "grey"])
def test_grey_comes_to_srgb_as_colour(tmp_path: Path, colour: str) -> None:
    ramp = np.repeat(np.arange(40, dtype=np.uint8)[None, :, None], 30, 0).repeat(3, 2)
    base = Native(ramp, icc.widened(grey_profile()))
    may_change = np.zeros((30, 40), np.bool_)
    told = facts(base, colour=colour, profile=grey_profile() if colour == "grey" else base.profile)
    path = tmp_path / "a.png"
    write(Asset(base, told, base, may_change), path, Manner(srgb=True), read)
    assert codec.read_facts(path.read_bytes(), "a").colour == "rgb"


@pytest.mark.parametrize("depth", [8, 16])
def test_layers_are_written_for_photoshop(tmp_path: Path, depth: int) -> None:
    base = source(SIZE, depth, 3, p3_profile())
    stack = (background(base, "Source"),)
    manner = Manner(format="psd", disclosed=True)
    done, data = written(tmp_path, manner, base, layers=stack)
    assert (done.path.suffix, done.exact, done.protected, done.changed) == (".psd", True, 1000, 0)
    found = PSDImage.open(io.BytesIO(data))
    assert (found.depth, [layer.name for layer in found]) == (depth, ["Source"])
    assert found.image_resources.get_data(0x040F) == p3_profile()
    assert found.image_resources.get_data(0x0422) == exif_block(1)
    assert xmp.COMPOSITE.encode() in found.image_resources.get_data(0x0424)
    _, plain = written(tmp_path, Manner(format="psd"), base, layers=stack)
    assert xmp.COMPOSITE.encode() not in plain


@pytest.mark.parametrize("format", ["psd", "ora"])
def test_layers_without_a_profile_are_called_srgb(tmp_path: Path, format: str) -> None:
    base = source(SIZE, 16)
    _, data = written(tmp_path, Manner(format=format), base, layers=(background(base, "Source"),))
    if format == "psd":
        found = PSDImage.open(io.BytesIO(data)).image_resources.get_data(0x040F)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            png = file.read("data/layer0.png")
        found = codec.read_facts(png, "a").profile
    assert found == icc.srgb()


def test_layers_are_written_as_openraster(tmp_path: Path) -> None:
    base = source(SIZE)
    done, data = written(tmp_path, Manner(format="ora"), base, layers=(background(base, "Source"),))
    assert (done.path.suffix, done.exact, done.note) == (".ora", True, "")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        merged = read(file.read("mergedimage.png"), "merged")
        assert np.array_equal(merged.samples, edited(base)[0].samples)


def test_what_no_psd_can_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    base = source(SIZE)
    monkeypatch.setattr(psd, "LARGEST", 1000)
    with pytest.raises(InputProblem, match="over 2 GB"):
        written(tmp_path, Manner(format="psd"), base)
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(psd, "LONGEST", 39)
    done, data = written(tmp_path, Manner(format="psd"), base)
    assert (done.path.name, done.exact, done.changed) == ("a.psb", True, 0)
    assert PSDImage.open(io.BytesIO(data)).version == 2


@pytest.mark.parametrize("format", ["psd", "ora"])
def test_layers_that_the_disk_spoils_are_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    def spoil(path: Path, data: bytes, *, verify: Callable[[Path], None]) -> None:
        path.write_bytes(data[:-1])
        verify(path)

    monkeypatch.setattr(exporting.atomic, "write", spoil)
    with pytest.raises(CannotWrite, match="did not read back"):
        written(tmp_path, Manner(format=format), source(SIZE))
