"""Picture bytes to rasters and back; the only file that decodes with Pillow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, UnidentifiedImageError

from editor.errors import InputProblem
from editor.imaging import cv, deep, icc, intact, metadata, png
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size
from editor.imaging.raster import Native, New, Raster

UNKNOWN = "{name} is damaged or of a rare form and cannot be read; export it again as PNG."
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
_BAND = 16
# Rows moved at once; few enough to stay in the cache between Pillow's copy and ours.
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_QUARTERS = {
    2: (True, 0), 3: (False, 2), 4: (True, 2), 5: (True, 1), 6: (False, 3), 7: (True, 3),
    8: (False, 1),
}  # fmt: skip
# The same as a mirroring followed by quarter turns to the left.
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked on every header, with its own sentence


def read_facts(data: bytes, name: str) -> Facts:
    """What a picture file is, from its structure and header, never its pixels.

    name: safe to show. Raises InputProblem for a file that is cut short, damaged, too large
    or of a kind that is not read.
    """
    state = intact.state(data)
    if state is not intact.State.WHOLE:
        sentence = intact.CUT if state is intact.State.CUT else intact.BROKEN
        raise InputProblem(sentence, name=name)
    try:
        image = _opened(data)
    except UnidentifiedImageError as error:
        raise InputProblem(UNKNOWN, name=name, details=str(error)) from error
    return metadata.facts_of(image, data, name)


def decode(data: bytes, facts: Facts, new: New = np.empty) -> Raster:
    """The picture upright, in sRGB, at 8 bits.

    Whatever Pillow raises on damaged pixels passes through: a dozen kinds, answered in one
    place (`editor.decoding.worker`). So for the three functions below.
    """
    plain = _plain_jpeg(data, facts)
    if plain is not None:
        target = new((*plain.shape[:2], 4), np.uint8)
        cv.reorder_into(plain, target, "bgr bgra")
        return Raster(target)
    return _raster(_shown(_upright(_picture(data, facts), facts), facts), new)


def preview(data: bytes, facts: Facts, longest: int, new: New = np.empty) -> Raster:
    """The same, scaled down so that no side is longer than this; much faster for JPEG."""
    ratio = min(longest / max(facts.size), 1.0)
    size = Size(*(max(1, round(side * ratio)) for side in facts.size))
    lying = size if facts.orientation < 5 or facts.format == "tiff" else Size(*reversed(size))
    picture = _picture(data, facts, draft=lying)
    if picture.size != lying:
        picture = picture.resize(lying, Image.Resampling.HAMMING, reducing_gap=2.0)
    return _raster(_shown(_upright(picture, facts), facts), new)


def decode_native(data: bytes, facts: Facts, new: New = np.empty) -> Native:
    """The picture upright at its own depth, in its own profile.

    Grey is three equal channels under a profile that shows them alike; palettes are
    expanded; CMYK, which has no place here, is brought to sRGB.
    """
    if facts.depth == 16:
        samples = _turned(_deep(data, facts), facts)
        target = new(samples.shape, np.uint16)
        target[...] = samples
        return Native(target, icc.widened(facts.profile))
    picture = _upright(_picture(data, facts), facts)
    if picture.mode == "CMYK":
        return Native(_samples(_shown(picture, facts), new))
    return Native(_samples(picture, new), icc.widened(facts.profile))


def encode_png(raster: Raster, *, level: int = 1) -> bytes:
    """PNG without metadata, colour under clear pixels kept; the fast writer.

    level: of zlib, 1 to 9. Channels are put in order a band at a time, for the memory.
    """
    pixels = raster.pixels

    def rows(top: int, bottom: int) -> NDArray[np.uint8]:
        return cv.reordered(pixels[top:bottom], "bgra rgba")

    return png.BandedPng(raster.size, rows, level=level).to_bytes()


def saved(samples: NDArray[np.uint8], kind: str, **options: object) -> bytes:
    """8-bit samples, (rows, cols) or (rows, cols, 3 or 4) RGB(A), by Pillow's writer."""
    buffer = io.BytesIO()
    Image.fromarray(samples).save(buffer, kind, **cast("Any", options))
    return buffer.getvalue()


def _opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    clear = image.info.get("transparency")
    if image.format == "PNG" and image.mode == "L" and isinstance(clear, int):
        # Pillow 13 leaves the clear grey of 2- and 4-bit PNGs at their depth (chunk_tRNS).
        most = (1 << data[24]) - 1
        image.info["transparency"] = clear * 255 // most if clear <= most else clear
    return image


def _plain_jpeg(data: bytes, facts: Facts) -> NDArray[np.uint8] | None:
    """BGR by OpenCV, which hands its samples over faster; None where more must be done.

    Both libraries decode by libjpeg-turbo, to the same values.
    """
    if (facts.format, facts.colour, facts.orientation) != ("jpeg", "rgb", 1):
        return None
    if metadata.to_srgb(facts.profile, "RGB") is not None:
        return None
    return cast("NDArray[np.uint8] | None", cv.imdecode(data, unchanged=False))


def _picture(data: bytes, facts: Facts, draft: Size | None = None) -> Image.Image:
    """Decoded at 8 bits as RGB, RGBA or CMYK, lying as in the file unless it is a TIFF.

    draft: a size that is enough, for formats that can decode less than everything.
    """
    if facts.depth == 16:
        return Image.fromarray(deep.shallow(_deep(data, facts)))
    image = _opened(data)
    if draft is not None:
        image.draft("", draft)
    image.load()
    if image.mode == "CMYK":
        return image
    wanted = "RGBA" if facts.alpha else "RGB"
    return image if image.mode == wanted else image.convert(wanted)


def _deep(data: bytes, facts: Facts) -> NDArray[np.uint16]:
    """16-bit samples, lying as in the file unless it is a TIFF."""
    image = _opened(data)
    if facts.format == "tiff":
        return deep.tiff(data, dict(cast("Any", image).tag_v2), alpha=facts.alpha)
    return deep.png(data, image.info.get("transparency") if facts.colour == "grey" else None)


def _upright(picture: Image.Image, facts: Facts) -> Image.Image:
    if facts.format == "tiff" or facts.orientation == 1:
        return picture
    return picture.transpose(_TURNS[facts.orientation])


def _turned(samples: NDArray[np.uint16], facts: Facts) -> NDArray[np.uint16]:
    """The same turn for an array."""
    if facts.format == "tiff" or facts.orientation == 1:
        return samples
    mirrored, quarters = _QUARTERS[facts.orientation]
    return np.rot90(samples[:, ::-1] if mirrored else samples, quarters)


def _shown(picture: Image.Image, facts: Facts) -> Image.Image:
    """The picture in sRGB, RGB or RGBA; changed in place where that can be."""
    transform = metadata.to_srgb(icc.widened(facts.profile), picture.mode)
    if transform is None:
        return picture.convert("RGB") if picture.mode == "CMYK" else picture
    if picture.mode == "CMYK":
        return cast("Image.Image", ImageCms.applyTransform(picture, transform))
    ImageCms.applyTransform(picture, transform, inPlace=True)
    return picture


def _raster(picture: Image.Image, new: New) -> Raster:
    order = "rgba bgra" if picture.mode == "RGBA" else "rgb bgra"
    target = new((picture.height, picture.width, 4), np.uint8)
    for rows, band in _bands(picture):
        cv.reorder_into(band, target[rows], order)
    return Raster(target)


def _samples(picture: Image.Image, new: New) -> NDArray[np.uint8]:
    target = new((picture.height, picture.width, len(picture.mode)), np.uint8)
    for rows, band in _bands(picture):
        target[rows] = band
    return target


def _bands(picture: Image.Image) -> Iterator[tuple[slice, NDArray[np.uint8]]]:
    """The rows of an RGB or RGBA picture, a few at a time."""
    for top in range(0, picture.height, _BAND):
        bottom = min(top + _BAND, picture.height)
        flat = picture.crop((0, top, picture.width, bottom)).tobytes()
        shape = (bottom - top, picture.width, len(picture.mode))
        yield slice(top, bottom), np.frombuffer(flat, np.uint8).reshape(shape)
