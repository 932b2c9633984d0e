"""What a file is, told by its first bytes: the kinds that are opened, and names for others."""

from __future__ import annotations

from editor.errors import InputProblem

HEAD = 64
# Bytes that are enough to tell.

FOREIGN = "{name} is a {kind} file, which is not supported; export it as PNG or JPEG first."
NOT_A_PICTURE = "{name} is not a PNG, JPEG, WebP, TIFF, BMP, GIF or AVIF picture."

_OURS = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"BM", "bmp"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_OTHERS = (
    (b"8BPS", "Photoshop"),
    (b"%PDF", "PDF"),
    (b"%!PS", "PostScript"),
    (b"\xc5\xd0\xd3\xc6", "PostScript"),
    (b"gimp xcf", "GIMP"),
    (b"II+\0", "BigTIFF"),
    (b"MM\0+", "BigTIFF"),
    (b"FUJIFILMCCD-RAW", "camera raw"),
    (b"IIRO", "camera raw"),
    (b"IIU\0", "camera raw"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"v/1\x01", "OpenEXR"),
    (b"#?RADIANCE", "Radiance HDR"),
    (b"\0\0\x01\0", "icon"),
    (b"DDS ", "DDS texture"),
    (b"BLP1", "BLP texture"),
    (b"BLP2", "BLP texture"),
    (b"\x01\xda", "SGI"),
    (b"PK\x03\x04", "ZIP"),
    (b"<svg", "SVG"),
)
_BRANDS = {
    b"avif": "AVIF", b"avis": "AVIF",
    b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"heim": "HEIC", b"heis": "HEIC",
    b"mif1": "HEIC", b"msf1": "HEIC",
    b"crx ": "camera raw",
}  # fmt: skip
# The major brand of an ISO media file stands at byte 8.


def kind(head: bytes) -> str:
    """The kind of a file from its first bytes, as in `editor.imaging.facts`; "" for others."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if _brand(head) == "AVIF":
        return "avif"
    return next((name for start, name in _OURS if head.startswith(start)), "")


def check(head: bytes, name: str) -> None:
    """Raise InputProblem for a file of a kind that is not opened; name: safe to show."""
    if kind(head):
        return
    other = _foreign(head)
    if other:
        raise InputProblem(FOREIGN, name=name, kind=other)
    raise InputProblem(NOT_A_PICTURE, name=name)


def _foreign(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<?xml") and b"<svg" in head:
        return "SVG"
    found = next((name for start, name in _OTHERS if text.startswith(start)), "")
    return (
        found
        or next((name for start, name in _OTHERS if head.startswith(start)), "")
        or _brand(head)
    )


def _brand(head: bytes) -> str:
    """The picture format of an ISO media file; AVIF may stand among the compatible brands."""
    if head[4:8] != b"ftyp":
        return ""
    found = _BRANDS.get(head[8:12], "")
    return "AVIF" if found == "HEIC" and b"avif" in head[16:HEAD] else found
