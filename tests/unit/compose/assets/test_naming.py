"""Names of finished assets: templates, what no file system takes, and numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.compose.assets.naming import (
    EMPTY,
    UNKNOWN,
    complaint,
    default_name,
    free_path,
    named,
    tokens,
)
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size

SIZE = Size(40, 30)
DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("name", "kind", "want"),
    [
        ("photo.jpg", "jpeg", "photo_edit.png"),
        ("photo.png", "png", "photo_edit.png"),
        ("scan.tiff", "tiff", "scan_edit.tif"),
        ("photo_edit.png", "png", "photo_edit.png"),
        ("photo_edit-3.png", "png", "photo_edit.png"),
        ('a<b>:"c\\d|e?*\x07\u202e.png', "png", "a_b___c_d_e_____edit.png"),
        ("Con.txt.png", "png", "_Con.txt_edit.png"),
        ("console.png", "png", "console_edit.png"),
        (" . .png", "png", "picture_edit.png"),
        ("", "png", "picture_edit.png"),
        ("\u00e4" * 300 + ".png", "png", "\u00e4" * 100 + "_edit.png"),
    ],
)
def test_names_of_finished_assets(name: str, kind: str, want: str) -> None:
    assert default_name(name, Facts(kind, SIZE)) == want


def test_a_taken_name_gets_a_number(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a_edit.png") == tmp_path / "a_edit.png"
    (tmp_path / "a_edit.png").touch()
    (tmp_path / "a_edit-2.png").symlink_to(tmp_path / "nowhere")
    assert free_path(tmp_path, "a_edit.png") == tmp_path / "a_edit-3.png"


@pytest.mark.parametrize(
    ("template", "want"),
    [
        ("{name}_edit", "photo_edit.png"),
        ("{name}_{variant}", "photo_v2.png"),
        ("{name}_{model}-{variant}", "photo_gpt-image-2-v2.png"),
        ("{date} {name} {w}x{h}", "2026-11-21 photo 40x30.png"),
        ("final", "final.png"),
        ("{name}_{nothing}", "photo_{nothing}.png"),
        ("a/b:{name}", "a_b_photo.png"),
    ],
)
def test_tokens_are_filled(template: str, want: str) -> None:
    values = tokens("photo_edit-2.jpg", SIZE, model="gpt-image-2", variant="v2", today=DAY)
    assert named(template, values, ".png") == want


@pytest.mark.parametrize(
    ("template", "want"),
    [
        ("{name}_{model}_{variant}", "photo.tif"),
        ("{model}", "picture.tif"),
        ("{name} - {date}", "photo.tif"),
    ],
)
def test_what_is_not_known_goes_with_its_separator(template: str, want: str) -> None:
    assert named(template, tokens("photo.jpg", SIZE), ".tif") == want


@given(st.text(max_size=400), st.text(max_size=300))
def test_any_template_names_one_file_in_its_folder(template: str, name: str) -> None:
    made = named(template, tokens(name, SIZE), ".png")
    assert made.endswith(".png")
    assert Path(made).name == made
    assert len(made.encode()) <= 240
    assert not any(sign in made for sign in '<>:"/\\|?*')


@pytest.mark.parametrize(
    ("template", "sentence"),
    [("{name}", ""), (" .", EMPTY), ("{name}_{seed}", UNKNOWN), ("{}", UNKNOWN)],
)
def test_a_template_is_judged_before_it_is_used(template: str, sentence: str) -> None:
    found = complaint(template)
    assert (found.template if found else "") == sentence
    if found:
        assert "{name}" in str(found)
