"""What a file's header means for the editor: depth, colour, limits, and the quiet notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from editor.errors import InputProblem
from editor.imaging import deep
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size

MEGAPIXELS = 300
# The largest picture that is opened: 20000 x 15000, past every camera; 4 GiB decode it.
LONGEST = 100_000
# Pixels on a side, past which window systems and OpenCV give up.

TOO_MANY = "{name} is {width} × {height} pixels; the limit is {limit} megapixels."
TOO_LONG = "{name} is {width} × {height} pixels; the limit is {limit} on a side."
RARE = "{name} has a form of colour that is not supported; export it as 8- or 16-bit RGB first."
TURNED = "Turned upright by its EXIF orientation."
KEPT = "16 bits per channel are kept; the canvas shows 8."
REDUCED = "Opened at 8 bits per channel."
INKS = "CMYK will be exported as RGB and is not called protected."
GREYS = "Grey is widened to RGB only where the edit brings colour."
PALETTE = "The palette is widened to full colour."
ANIMATION = "Only the first frame is used."
PAGES = "Only the first page is used."
NO_PROFILE = "The colour profile could not be used and was left out."

_COLOURS = {
    "1": "grey", "L": "grey", "LA": "grey", "I;16": "grey", "I;16B": "grey", "I;16L": "grey",
    "P": "palette", "PA": "palette",
    "RGB": "rgb", "RGBA": "rgb", "RGBX": "rgb", "RGBa": "rgb", "YCbCr": "rgb",
    "CMYK": "cmyk",
}  # fmt: skip
_UNSIGNED = 1
_AVIF_HEAD, _HIGH_BIT_DEPTH = 4096, 0x40  # AV1 in ISOBMFF, section 2.3.3


def check_size(size: Size, name: str) -> None:
    """Raise InputProblem when a picture of this size is not opened."""
    width, height = size
    if size.area > MEGAPIXELS * 1_000_000:
        raise InputProblem(TOO_MANY, name=name, width=width, height=height, limit=MEGAPIXELS)
    if max(size) > LONGEST:
        raise InputProblem(TOO_LONG, name=name, width=width, height=height, limit=LONGEST)


def colour(mode: str, name: str) -> str:
    """The colour model, as in `editor.imaging.facts`, of a Pillow mode."""
    if mode not in _COLOURS:
        raise InputProblem(RARE, name=name, details=f"Pillow mode {mode}")
    return _COLOURS[mode]


def png_is_grey(data: bytes) -> bool:
    """Whether a PNG is grey; Pillow opens grey with alpha at 16 bits as RGBA."""
    return data[25] in {0, 4}


def png_depth(data: bytes) -> int:
    """Bits per sample as kept, 8 or 16, from the header of a PNG."""
    return 16 if data[24] == 16 else 8


def tiff_depth(tags: Mapping[int, Any], mode: str, name: str) -> int:
    """Bits per sample as kept from the first directory of a TIFF.

    Raises InputProblem for samples that are neither 8 nor 16 bits, or signed at 16.
    """
    bits = max(tags.get(deep.BITS, (1,)))
    if bits <= 8 or mode == "CMYK":
        return 8
    if bits != 16 or max(tags.get(deep.SAMPLE_FORMAT, (_UNSIGNED,))) != _UNSIGNED:
        raise InputProblem(RARE, name=name, details=f"TIFF with {bits} bits per sample")
    return 16


def reduced(data: bytes, kind: str, tags: Mapping[int, Any]) -> bool:
    """Whether the file has more bits per sample than are kept; only for files read at 8."""
    if kind == "avif":
        box = data.find(b"av1C", 0, _AVIF_HEAD)
        return box >= 0 and bool(data[box + 6] & _HIGH_BIT_DEPTH)
    return kind == "tiff" and max(tags.get(deep.BITS, (1,))) > 8


def notes(facts: Facts, *, reduced: bool, profile_lost: bool) -> tuple[str, ...]:
    """One quiet sentence for each thing that intake changes."""
    told = {
        TURNED: facts.orientation != 1,
        KEPT: facts.depth == 16,
        REDUCED: reduced,
        INKS: facts.colour == "cmyk",
        GREYS: facts.colour == "grey",
        PALETTE: facts.colour == "palette",
        PAGES: facts.frames > 1 and facts.format == "tiff",
        ANIMATION: facts.frames > 1 and facts.format != "tiff",
        NO_PROFILE: profile_lost,
    }
    return tuple(sentence for sentence, applies in told.items() if applies)
