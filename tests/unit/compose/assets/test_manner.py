"""The export table, and what stays exact on the way into a file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.compose.assets.manner import SUFFIXES, Manner, Step, presets, steps
from editor.compose.assets.naming import complaint
from editor.errors import TableError
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.preferences.places import resource
from tests.fakes.pictures import grey_profile, p3_profile

PHOTO = Facts("jpeg", Size(4000, 3000), profile=p3_profile())
SCAN = Facts("tiff", Size(4000, 3000), depth=16)


def shipped() -> dict[str, Manner]:
    return {
        each.id: each.manner
        for each in presets(resource("exports.toml").read_text(encoding="utf-8"))
    }


def test_the_table_that_ships_is_sound() -> None:
    known = shipped()
    assert {"source", "client", "web", "print", "disclosed", "patch", "cutout"} <= set(known)
    assert all(complaint(manner.name) is None for manner in known.values())


def test_what_the_delivery_presets_promise() -> None:
    known = shipped()
    client, web, page = known["client"], known["web"], known["print"]
    assert (client.exif, client.disclosed, client.srgb, client.dpi) == ("none", False, False, 0)
    assert (web.longest, web.srgb, web.format, web.exif) == (2048, True, "webp", "none")
    assert (page.format, page.dpi, page.depth, page.srgb) == ("tiff", 300, 0, False)
    assert (known["disclosed"].disclosed, known["disclosed"].exif) == (True, "no-place")
    assert known["source"] == Manner()


@pytest.mark.parametrize(
    ("manner", "facts", "want"),
    [
        (Manner(), PHOTO, ()),
        (Manner(), SCAN, ()),
        (Manner(format="png", depth=8), SCAN, ("depth",)),
        (Manner(format="png", depth=8), PHOTO, ()),
        (Manner(format="webp"), PHOTO, ()),
        (Manner(format="webp"), SCAN, ("depth",)),
        (Manner(format="webp", lossless=False), PHOTO, ("webp",)),
        (Manner(format="jpeg"), SCAN, ("depth", "jpeg")),
        (Manner(format="avif"), PHOTO, ()),
        (Manner(format="avif"), SCAN, ("depth",)),
        (Manner(format="avif", lossless=False), PHOTO, ("avif",)),
        (Manner(longest=4000), PHOTO, ()),
        (Manner(longest=2048), PHOTO, ("size",)),
        (Manner(srgb=True), PHOTO, ("srgb",)),
        (Manner(srgb=True), replace(PHOTO, profile=b""), ()),
        (Manner(srgb=True), SCAN, ("depth",)),
        (Manner(srgb=True), replace(PHOTO, colour="grey", profile=grey_profile(1.0)), ("srgb",)),
        (Manner(format="cutout", longest=2048), PHOTO, ("size",)),
        (Manner(format="patch", longest=2048, srgb=True, depth=8), SCAN, ()),
        (Manner(format="psd", longest=2048, srgb=True), SCAN, ()),
        (Manner(format="ora"), SCAN, ()),
    ],
)
def test_what_a_picture_goes_through(manner: Manner, facts: Facts, want: tuple[Step, ...]) -> None:
    assert steps(manner, facts) == want


def test_a_source_that_is_a_tiff_stays_one() -> None:
    assert (Manner().written(SCAN), Manner().suffix(SCAN)) == ("tiff", ".tif")
    assert (Manner().written(PHOTO), Manner().suffix(PHOTO)) == ("png", ".png")
    assert Manner(format="patch").suffix(SCAN) == ".png"
    assert Manner(format="jpeg").written(SCAN) == "jpeg"
    assert set(SUFFIXES.values()) >= {".psd", ".ora", ".avif", ".webp", ".jpg"}


@pytest.mark.parametrize(
    "line",
    [
        'format = "bmp"',
        'exif = "some"',
        "depth = 12",
        "quality = 0",
        "quality = 101",
        "longest = -1",
        "srgb = 1",
        'colour = "red"',
        "dpi = 300.5",
    ],
)
def test_a_value_that_is_not_known_is_named(line: str) -> None:
    table = f'[[preset]]\nid = "odd"\nlabel = "Odd"\nhelp = "Odd."\n{line}\n'
    with pytest.raises(TableError, match=f"odd .* {line.split()[0]}"):
        presets(table)


def test_a_recipe_is_told_inside_only_with_its_files_and_where_there_is_a_place() -> None:
    assert not Manner().embeds
    assert Manner(embedded=True).embeds
    assert not Manner(embedded=True, recipe=False).embeds
    assert not Manner(embedded=True, format="ora").embeds
