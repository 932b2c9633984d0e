"""Facts: what a picture file says of itself, read once at intake."""

from __future__ import annotations

from dataclasses import dataclass, field

from editor.imaging.geometry import Size


@dataclass(frozen=True, slots=True)
class Facts:
    """What a source file is; kept beside its bytes and used again at export.

    size: upright, after the EXIF turn. depth: bits per sample, 8 or 16. colour: the file's
    own model. orientation: the EXIF value 1..8 that has been applied. dpi: 0 when unknown.
    profile: ICC bytes as found; profile_name: its description. exif, xmp: raw block and packet
    as found. colours: what a PNG without ICC says instead (`editor.imaging.colorimetry`); the
    profile means the same then. frames: how many the file says it has; only the first is used.
    notes: one quiet sentence each about what intake changed, as templates of
    `editor.errors.Problem` are.
    """

    format: str
    size: Size
    depth: int = 8
    colour: str = "rgb"  # "grey", "palette", "rgb" or "cmyk"
    alpha: bool = False
    orientation: int = 1
    dpi: tuple[float, float] = (0.0, 0.0)
    profile: bytes = field(default=b"", repr=False)
    profile_name: str = ""
    exif: bytes = field(default=b"", repr=False)
    xmp: bytes = field(default=b"", repr=False)
    colours: bytes = field(default=b"", repr=False)
    frames: int = 1
    notes: tuple[str, ...] = ()
