"""The typed face of OpenCV for pixels: small functions over numpy arrays, each used by somebody.

Arrays are (rows, cols) or (rows, cols, channels) and may be read-only; results are new.
"""

from __future__ import annotations

from typing import Literal, TypeVar, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Size

Sample = TypeVar("Sample", bound=np.generic)
Filter = Literal["nearest", "linear", "cubic", "area"]
Beyond = Literal["repeated", "mirrored", "nothing"]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_NO_MASK = cast("Bytes", None)
# OpenCV takes it; its hints forgot.

_FILTERS: dict[Filter, int] = {
    "nearest": cv2.INTER_NEAREST,
    "linear": cv2.INTER_LINEAR,
    "cubic": cv2.INTER_CUBIC,
    "area": cv2.INTER_AREA,
}
_BORDERS: dict[Beyond, int] = {
    "repeated": cv2.BORDER_REPLICATE,
    "mirrored": cv2.BORDER_REFLECT_101,
    "nothing": cv2.BORDER_CONSTANT,
}
_ORDERS: dict[str, int] = {
    "bgra rgba": cv2.COLOR_BGRA2RGBA,
    "bgr rgb": cv2.COLOR_BGR2RGB,
    "rgb bgr": cv2.COLOR_RGB2BGR,
    "bgr bgra": cv2.COLOR_BGR2BGRA,
    "bgra bgr": cv2.COLOR_BGRA2BGR,
    "rgb bgra": cv2.COLOR_RGB2BGRA,
    "rgba bgra": cv2.COLOR_RGBA2BGRA,
    "bgra rgb": cv2.COLOR_BGRA2RGB,
    "grey bgra": cv2.COLOR_GRAY2BGRA,
    "grey rgb": cv2.COLOR_GRAY2RGB,
    "bgr grey": cv2.COLOR_BGR2GRAY,
    "bgra grey": cv2.COLOR_BGRA2GRAY,
    "bgr lab": cv2.COLOR_BGR2LAB,
    "lab bgr": cv2.COLOR_LAB2BGR,
    "bgr ycc": cv2.COLOR_BGR2YCrCb,
    "ycc bgr": cv2.COLOR_YCrCb2BGR,
}


def threads(count: int) -> None:
    """Let OpenCV use this many threads in this process."""
    cv2.setNumThreads(count)


def reordered(pixels: NDArray[Sample], change: str) -> NDArray[Sample]:
    """Samples in another channel order; change is one of the names above, "bgra rgba" say."""
    return cast("NDArray[Sample]", cv2.cvtColor(_mat(pixels), _ORDERS[change]))


def reorder_into(pixels: Bytes, target: Bytes, change: str) -> None:
    """The same, written to target, which may be a view."""
    cv2.cvtColor(pixels, _ORDERS[change], dst=target)


def copy_into(pixels: NDArray[Sample], where: Bytes, target: NDArray[Sample]) -> None:
    """Copy the pixels at which where is not 0; target is contiguous and of the same type."""
    cv2.copyTo(_mat(pixels), where, _mat(target))


def scaled_down(samples: NDArray[np.uint16]) -> Bytes:
    """16-bit samples as the nearest 8-bit ones."""
    return cast("Bytes", cv2.convertScaleAbs(_mat(samples), alpha=1 / 257))


def merged(*planes: NDArray[Sample]) -> NDArray[Sample]:
    """Planes (rows, cols) as the channels of one picture."""
    return cast("NDArray[Sample]", cv2.merge([_mat(plane) for plane in planes]))


def parted(pixels: NDArray[Sample]) -> list[NDArray[Sample]]:
    """The channels of a picture, each as a plane (rows, cols)."""
    return [cast("NDArray[Sample]", plane) for plane in cv2.split(_mat(pixels))]


def merge_into(target: NDArray[Sample], *planes: NDArray[Sample]) -> None:
    """Write planes as the channels of a picture, which may be a view."""
    cv2.merge([_mat(plane) for plane in planes], dst=_mat(target))


def resize(pixels: NDArray[Sample], size: Size, how: Filter) -> NDArray[Sample]:
    """Samples resampled to a size, each channel for itself."""
    return cast("NDArray[Sample]", cv2.resize(_mat(pixels), size, interpolation=_FILTERS[how]))


def resize_into(pixels: NDArray[Sample], target: NDArray[Sample], how: Filter) -> None:
    """Samples resampled to the size of target and written there; target may be a view."""
    rows, cols = target.shape[:2]
    cv2.resize(_mat(pixels), (cols, rows), dst=_mat(target), interpolation=_FILTERS[how])


def bordered(
    pixels: NDArray[Sample], before: tuple[int, int], after: tuple[int, int], *, repeat: bool
) -> NDArray[Sample]:
    """Samples with so many more columns and rows (x, y) before and after them.

    repeat: they are those of the edge; else 0.
    """
    kind = cv2.BORDER_REPLICATE if repeat else cv2.BORDER_CONSTANT
    sides = (before[1], after[1], before[0], after[0])
    return cast("NDArray[Sample]", cv2.copyMakeBorder(_mat(pixels), *sides, kind, value=0))


def remap(pixels: NDArray[Sample], xs: Floats, ys: Floats, how: Filter) -> NDArray[Sample]:
    """Samples fetched at the given positions; the edge is repeated outside."""
    moved = cv2.remap(_mat(pixels), xs, ys, _FILTERS[how], borderMode=cv2.BORDER_REPLICATE)
    return cast("NDArray[Sample]", moved)


def warp(
    pixels: NDArray[Sample],
    there: NDArray[np.float64],
    size: Size,
    how: Filter,
    beyond: Beyond = "repeated",
) -> NDArray[Sample]:
    """Samples fetched through a matrix: there (2, 3) maps a pixel of the result to one of pixels.

    size: of the result. beyond: what lies outside: the edge repeated or mirrored, or nothing.
    """
    flags = _FILTERS[how] | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(_mat(pixels), there, size, flags=flags, borderMode=_BORDERS[beyond])
    return cast("NDArray[Sample]", moved)


def looked_up(pixels: Bytes, table: NDArray[Sample]) -> NDArray[Sample]:
    """Each sample replaced; table: (256, channels), one column for each channel."""
    return cast("NDArray[Sample]", cv2.LUT(pixels, _mat(table[None])))


def summed(pixels: Floats) -> Floats:
    """The sum of the channels of each pixel: (rows, cols)."""
    return cast("Floats", cv2.transform(_mat(pixels), np.ones((1, pixels.shape[2]), np.float32)))


def within(plane: NDArray[Sample], most: float) -> Bytes:
    """255 where a plane is so high at most."""
    number = cast("Floats", most)  # OpenCV takes it; its hints forgot
    return cast("Bytes", cv2.compare(_mat(plane), number, cv2.CMP_LE))


def between(one: NDArray[Sample], other: NDArray[Sample], share: float) -> NDArray[Sample]:
    """Weighted mean of two pictures; share 0 is the first, 1 the second."""
    mean = cv2.addWeighted(_mat(one), 1 - share, _mat(other), share, 0)
    return cast("NDArray[Sample]", mean)


def as_bytes(shares: Floats, full: float = 255) -> Bytes:
    """Samples from 0.0 as the nearest of 0 to 255, of which full is one whole."""
    return cast("Bytes", cv2.convertScaleAbs(_mat(shares), alpha=full))


def filled(mask: Bytes) -> Bytes:
    """255 wherever a mask is not 0."""
    return cast("Bytes", cv2.threshold(mask, 0, 255, cv2.THRESH_BINARY)[1])


def product(one: Bytes, other: Bytes) -> Bytes:
    """Shares of 0 to 255 multiplied, to the nearest; 255 is one whole."""
    return cast("Bytes", cv2.multiply(one, other, scale=1 / 255))


def add_into(more: Floats, target: Bytes, where: Bytes | None = None) -> None:
    """Add levels to bytes, to the nearest and within 0 to 255; target may be a view.

    where: not 0 at the pixels that change; all when None.
    """
    whole = _mat(more)
    cv2.add(target, whole, dst=target, mask=_NO_MASK if where is None else where, dtype=cv2.CV_8U)


def add_product(one: Floats, other: Floats, target: Floats) -> None:
    """Add the products of two planes to a third, in one go; it may be a view."""
    cv2.accumulateProduct(_mat(one), _mat(other), _mat(target))


def times_floats(pixels: Bytes, factors: Floats) -> Floats:
    """Samples times factors of the same shape."""
    return cast("Floats", cv2.multiply(pixels, _mat(factors), dtype=cv2.CV_32F))


def gaussian(pixels: NDArray[Sample], sigma: float) -> NDArray[Sample]:
    """Gaussian blur; sigma in pixels, above 0; the edge is mirrored."""
    return cast("NDArray[Sample]", cv2.GaussianBlur(_mat(pixels), (0, 0), sigma))


def separable(pixels: Floats, across: Floats, down: Floats) -> Floats:
    """Correlation with the outer product of two odd rows of weights; the edge is mirrored."""
    found = cv2.sepFilter2D(pixels, -1, across, down, borderType=cv2.BORDER_REFLECT_101)
    return cast("Floats", found)


def filtered(pixels: Floats, weights: Floats) -> Floats:
    """Correlation with a small odd square of weights; the edge is mirrored."""
    found = cv2.filter2D(pixels, -1, weights, borderType=cv2.BORDER_REFLECT_101)
    return cast("Floats", found)


def box(pixels: NDArray[Sample], side: int) -> NDArray[Sample]:
    """Mean over a square of odd side; the edge is mirrored."""
    return cast("NDArray[Sample]", cv2.blur(_mat(pixels), (side, side)))


def disc(radius: int) -> Bytes:
    """Structuring element: 1 inside a circle of this radius, side 2 * radius + 1."""
    side = 2 * radius + 1
    return cast("Bytes", cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))


def dilate(mask: Bytes, element: Bytes) -> Bytes:
    """Largest value under the element at each place; outside counts as nothing."""
    return cast("Bytes", cv2.dilate(mask, element))


def extremes(plane: Floats, side: int) -> tuple[Floats, Floats]:
    """Least and most of a plane over a square of odd side around each place."""
    square = np.ones((side, side), np.uint8)
    found = cv2.erode(plane, square), cv2.dilate(plane, square)
    return cast("tuple[Floats, Floats]", found)


def distance(mask: Bytes, *, exact: bool = True) -> Floats:
    """Euclidean distance in pixels from each non-zero place to the nearest zero.

    Three times as fast where 2 % more or less do not matter (Borgefors, 1986).
    """
    steps = cv2.DIST_MASK_PRECISE if exact else cv2.DIST_MASK_5
    far = cv2.distanceTransform(mask, cv2.DIST_L2, steps)
    return cast("Floats", far)


def imdecode(data: bytes, *, unchanged: bool) -> NDArray[np.uint8] | NDArray[np.uint16] | None:
    """Picture bytes to samples as stored, upright or not as the file lies; None when unreadable.

    unchanged: depth and channels as in the file (BGR or BGRA order); else 8-bit BGR.
    """
    flags = cv2.IMREAD_UNCHANGED if unchanged else cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        return cast("NDArray[np.uint8] | None", cv2.imdecode(np.frombuffer(data, np.uint8), flags))
    except cv2.error:
        return None


def exact_avif(pixels: Bytes, *, profile: bytes, exif: bytes, xmp: bytes) -> bytes:
    """BGR or BGRA as an AVIF that keeps every sample; what is empty is left out.

    At quality 100 OpenCV stores the channels as they are, without a turn of colours.
    """
    told = {
        cv2.IMAGE_METADATA_ICCP: profile,
        cv2.IMAGE_METADATA_EXIF: exif,
        cv2.IMAGE_METADATA_XMP: xmp,
    }
    kinds = [kind for kind, content in told.items() if content]
    blocks = [np.frombuffer(told[kind], np.uint8) for kind in kinds]
    how = [cv2.IMWRITE_AVIF_QUALITY, 100]
    _, data = cv2.imencodeWithMetadata(".avif", pixels, kinds, blocks, how)
    return data.tobytes()


def _mat(pixels: NDArray[Sample]) -> NDArray[np.uint8]:
    """The same array under the one type that OpenCV's own hints know."""
    return cast("NDArray[np.uint8]", pixels)
