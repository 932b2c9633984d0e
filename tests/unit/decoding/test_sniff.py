from __future__ import annotations

from pathlib import Path

import pytest

from editor.decoding import sniff
from editor.errors import InputProblem
from tests.fakes.pictures import saved, soft


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "AVIF"])
def test_what_is_opened_is_told_by_its_first_bytes(kind: str) -> None:
    head = saved(soft(8, 8), kind)[: sniff.HEAD]
    assert sniff.kind(head) == kind.lower()
    sniff.check(head, "a")


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"8BPS\0\1", "Photoshop"),
        (b"%PDF-1.7", "PDF"),
        (b"%!PS-Adobe", "PostScript"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x18ftypcrx ", "camera raw"),
        (b"<svg xmlns=", "SVG"),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<svg ", "SVG"),
        (b"\0\0\0\x0cJXL \r\n", "JPEG XL"),
        (b"PK\x03\x04", "ZIP"),
        (b"II+\0\x08\0\0\0", "BigTIFF"),
    ],
)
def test_known_foreign_kinds_are_called_by_name(head: bytes, kind: str) -> None:
    with pytest.raises(InputProblem) as refused:
        sniff.check(head, "a.png")
    assert str(refused.value) == (
        f"a.png is a {kind} file, which is not supported; export it as PNG or JPEG first."
    )


@pytest.mark.parametrize(
    "head",
    [b"", b"hello", b"<!DOCTYPE html>", b"<?xml version='1.0'?><note/>", b"RIFF\0\0\0\0WAVE"],
)
def test_the_rest_is_no_picture(head: bytes) -> None:
    with pytest.raises(InputProblem, match="is not a PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF"):
        sniff.check(head, "a.png")


def test_avif_among_the_brands_is_avif() -> None:
    assert sniff.kind(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf") == "avif"
    assert sniff.kind(b"\0\0\0\x18ftypisom\0\0\0\0mp41avif") == ""


@pytest.mark.shared
def test_what_pillow_opens_of_our_kinds_is_told(shared: Path) -> None:
    ours = {".png": "png", ".jpg": "jpeg", ".webp": "webp", ".gif": "gif", ".bmp": "bmp"}
    for path in (shared / "corpus").rglob("*"):
        if path.suffix in ours:
            assert sniff.kind(path.read_bytes()[: sniff.HEAD]) in {ours[path.suffix], ""}, path.name
