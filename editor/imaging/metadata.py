"""What a file says beside its pixels, and colour profiles put to use; Pillow's headers only."""

from __future__ import annotations

import functools
import io
import math
import struct
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageCms

from editor.imaging import colorimetry, exif, icc, intake, xmp
from editor.imaging.facts import Facts
from editor.imaging.geometry import Size

KINDS = {
    "PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "WEBP": "webp", "TIFF": "tiff", "BMP": "bmp",
    "GIF": "gif", "AVIF": "avif",
}  # fmt: skip
MALFORMED = (ValueError, TypeError, LookupError, OSError, SyntaxError, AttributeError, struct.error)
# What Pillow raises on metadata that is broken while the pixels may be fine.
_DPI_CEILING = 100_000
_EXIF_CEILING = 4 << 20
_TOLD_BY_TIFF = (0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298)
# Description, maker, model, software, date, artist, copyright: a TIFF keeps its EXIF in its own
# directory, together with tags that only make sense for that file's pixels.
_PARTS = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
_LATTICE = 9
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


def facts_of(image: Image.Image, data: bytes, name: str) -> Facts:
    """What a picture file is, from its opened header.

    data: the whole file. name: safe to show, for the sentence when it cannot be used.
    Raises InputProblem for a picture that is too large or of a kind that is not read.
    """
    kind = KINDS[image.format or ""]
    tags = getattr(image, "tag_v2", {})
    turn = orientation(image)
    across, down = image.size
    upright = kind == "tiff" or turn < 5  # Pillow itself gives the size of a turned TIFF
    size = Size(across, down) if upright else Size(down, across)
    intake.check_size(size, name)
    colour = intake.colour(image.mode, name)
    if kind == "png" and intake.png_is_grey(data):
        colour = "grey"
    depth = {
        "png": lambda: intake.png_depth(data),
        "tiff": lambda: intake.tiff_depth(tags, image.mode, name),
    }.get(kind, lambda: 8)()
    found, profile_name = profile(image, colour)
    embedded = image.info.get("icc_profile")
    colours = colorimetry.statement(data) if kind == "png" and not embedded else b""
    if colours and colour != "grey":
        found = colorimetry.profile(colours)
        profile_name = colorimetry.NAME if found else ""
    facts = Facts(
        format=kind,
        size=size,
        depth=depth,
        colour=colour,
        alpha=image.has_transparency_data,
        orientation=turn,
        dpi=dpi(image),
        profile=found,
        profile_name=profile_name,
        exif=exif_block(image),
        xmp=xmp_packet(image),
        colours=colours,
        frames=frames(image, kind),
    )
    reduced = depth == 8 and intake.reduced(data, kind, tags)
    lost = bool(embedded) and not found
    return replace(facts, notes=intake.notes(facts, reduced=reduced, profile_lost=lost))


def frames(image: Image.Image, kind: str) -> int:
    """How many pictures a file says it has; the previews inside a JPEG do not count."""
    if kind == "jpeg":
        return 1
    try:
        return max(int(getattr(image, "n_frames", 1)), 1)
    except (EOFError, *MALFORMED):
        return 1


def orientation(image: Image.Image) -> int:
    """The EXIF orientation 1..8 that a picture still has to be turned by; 1 when invalid."""
    try:
        found = image.getexif().get(exif.ORIENTATION, 1)
    except MALFORMED:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def exif_block(image: Image.Image) -> bytes:
    """The EXIF of a picture from its TIFF header on, as found where the format keeps one."""
    found = image.info.get("exif", b"")
    if isinstance(found, bytes) and found:
        return exif.bare(found) if len(found) <= _EXIF_CEILING else b""
    if image.format != "TIFF":
        return b""
    try:
        return _gathered(image.getexif())
    except MALFORMED:
        return b""


def xmp_packet(image: Image.Image) -> bytes:
    """The XMP of a picture as found; empty when it has none, or far more than anybody writes."""
    found = image.info.get("xmp", b"")
    return found if isinstance(found, bytes) and len(found) <= xmp.MOST else b""


def _gathered(found: Image.Exif) -> bytes:
    kept = Image.Exif()
    kept.update({tag: found[tag] for tag in _TOLD_BY_TIFF if tag in found})
    parts = {part: found.get_ifd(part) for part in _PARTS}
    for part, told in parts.items():
        if told:
            kept.get_ifd(part).update(told)
    if not kept and not any(parts.values()):
        return b""
    block = exif.typed(exif.bare(kept.tobytes()))
    return block if len(block) <= _EXIF_CEILING else b""


def dpi(image: Image.Image) -> tuple[float, float]:
    """Dots per inch across and down; (0.0, 0.0) when the file does not say so credibly."""
    try:
        across, down = (float(value) for value in image.info.get("dpi", (0.0, 0.0)))
    except MALFORMED:
        return 0.0, 0.0
    if all(math.isfinite(value) and 0 < value < _DPI_CEILING for value in (across, down)):
        return across, down
    return 0.0, 0.0


def profile(image: Image.Image, colour: str) -> tuple[bytes, str]:
    """The ICC profile as found and its name; both empty when there is none that can be used.

    colour: the file's own model as in `editor.imaging.facts.Facts`.
    """
    found = image.info.get("icc_profile") or b""
    if not isinstance(found, bytes) or not icc.fits(found, colour):
        return b"", ""
    try:
        widened = icc.widened(found)
        if not widened:
            return b"", ""
        to_srgb(widened, "CMYK" if colour == "cmyk" else "RGB")
        opened = ImageCms.ImageCmsProfile(io.BytesIO(found))
        return found, ImageCms.getProfileDescription(opened).strip()
    except (ImageCms.PyCMSError, *MALFORMED):
        return b"", ""


def to_srgb(source: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from a profile to sRGB for 8-bit pictures of Pillow mode RGB, RGBA or CMYK.

    None when there is no profile, or an RGB one that is sRGB to within one level.
    Raises PyCMSError when the profile is broken.
    """
    if not source:
        return None
    if mode != "CMYK" and _changes_nothing(_transform(source, b"", "RGB")):
        return None
    return _transform(source, b"", mode)


def convert(
    rgb: NDArray[np.uint8], source_profile: bytes, target_profile: bytes
) -> NDArray[np.uint8]:
    """Samples of one RGB profile in another; an empty profile means sRGB.

    rgb: (rows, cols, 3) uint8. Relative colorimetric with black point compensation, as the
    way in. Returns a new array, or the same one when the profiles are the same.
    """
    if source_profile == target_profile:
        return rgb
    transform = _transform(source_profile, target_profile, "RGB")
    moved = ImageCms.applyTransform(Image.fromarray(np.ascontiguousarray(rgb)), transform)
    assert moved is not None
    return np.asarray(moved)


@functools.lru_cache(maxsize=8)
def _transform(source: bytes, target: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    to = "RGBA" if mode == "RGBA" else "RGB"
    return ImageCms.buildTransform(
        _opened(source), _opened(target), mode, to, renderingIntent=_INTENT, flags=_FLAGS
    )


def _opened(profile_bytes: bytes) -> ImageCms.ImageCmsProfile:
    if not profile_bytes:
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return ImageCms.ImageCmsProfile(io.BytesIO(profile_bytes))


def _changes_nothing(transform: ImageCms.ImageCmsTransform) -> bool:
    """Whether a lattice over all of RGB comes back within one level."""
    steps = np.linspace(0, 255, _LATTICE).astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    moved = ImageCms.applyTransform(Image.fromarray(cube), transform)
    assert moved is not None
    return bool(np.abs(np.asarray(moved).astype(np.int16) - cube).max() <= 1)
