"""Tools of the mask: shapes, wand, objects and refinements beside what OpenCV does barely."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable
from functools import partial

import cv2
import numpy as np

from editor.imaging.geometry import Point, Size
from editor.mask.brush import Brush
from editor.mask.draft import Draft
from editor.mask.history import BUDGET, History
from editor.mask.matte import refined
from editor.mask.object import drawn, improved, in_box
from editor.mask.plane import MaskPlane
from editor.mask.reshape import reshaped
from editor.mask.shapes import Part, lasso
from editor.mask.stroke import Stroke
from editor.mask.wand import alike, distances
from editor.mask.way import MOST
from tests.fakes.objects import box_around, cup, scene
from tests.speed.rows import Row, table

PICTURE, LARGE = Size(3840, 2160), Size(9248, 6920)
ROUNDS = 3
STROKES = 1000
BY = 20
# Pixels by which a refinement moves or softens the rim.


def report() -> list[Row]:
    """All of it runs in a thread but the last step, which swaps the tiles in."""
    true = cup(PICTURE)
    picture = scene(true)
    rows = [*_shapes(), *_objects(picture, true), _wand(picture)]
    rows += [*_refinements(true), _rim(picture, true), *_swaps()]
    return [*rows, _undo()]


def _shapes() -> list[Row]:
    rows = []
    for size in (PICTURE, LARGE):
        angles = np.linspace(0, 2 * math.pi, 400)
        across, down = size.width / 2.2, size.height / 2.2
        wave = 1 + 0.05 * np.sin(9 * angles)
        xs = size.width / 2 + across * np.cos(angles) * wave
        ys = size.height / 2 + down * np.sin(angles) * wave
        corners = [Point(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
        whole = np.stack([xs, ys], 1).astype(np.int32)

        def floor(size: Size = size, whole: np.ndarray = whole) -> None:
            cv2.fillPoly(np.zeros((size.height, size.width), np.uint8), [whole], 255)

        ours = partial(_laid, MaskPlane(size).draft(), corners)
        what = f"lasso around most of {size.area / 1e6:.1f} MP"
        note = "each rim pixel by its area, cut in tiles; the floor has teeth"
        rows.append(_row(what, ours, "cv2.fillPoly", floor, note=note))
    return rows


def _laid(draft: Draft, corners: list[Point]) -> None:
    draft.laid(lasso(corners, draft.size), "new")


def _objects(picture, true) -> list[Row]:
    box = box_around(true)

    def first() -> None:
        drawn(improved(in_box(picture, box)), picture)

    cut = in_box(picture, box)
    known = cut.known

    def floor() -> None:
        models = np.zeros((1, 65)), np.zeros((1, 65))
        cv2.grabCut(cut.bgr, known.copy(), (0, 0, 0, 0), *models, 1, cv2.GC_INIT_WITH_MASK)

    row = _row("object in a box of 8.3 MP, first answer", first, "one cv2.grabCut", floor)
    seconds = float(row.ours.split()[0]) / 1000
    return [Row(row.what, row.ours, row.floor_or_peer, row.ratio, "< 1500 ms", seconds < 1.5)]


def _wand(picture) -> Row:
    place = PICTURE.width // 2, PICTURE.height // 2

    def floor() -> None:
        frame = np.zeros((PICTURE.height + 2, PICTURE.width + 2), np.uint8)
        bgr = np.ascontiguousarray(picture.pixels[..., :3])
        cv2.floodFill(bgr, frame, place, 0, (9, 9, 9), (9, 9, 9), 4 | cv2.FLOODFILL_MASK_ONLY)

    def ours() -> None:
        alike(distances(picture, *place), *place, 20, contiguous=True)

    note = "differences in Lab of every pixel; the floor compares channels of neighbours"
    return _row("wand over 8.3 MP", ours, "cv2.floodFill", floor, note=note)


def _refinements(true) -> list[Row]:
    def floor() -> None:
        cv2.blur(true, (2 * BY + 1, 2 * BY + 1))

    return [
        _row(f"{way} by {BY}, 8.3 MP", partial(reshaped, true, way, BY), "one cv2.blur", floor)
        for way in MOST
    ]


def _rim(picture, true) -> Row:
    height, width = true.shape
    brushed = np.zeros_like(true)
    cv2.line(brushed, (width // 3, height // 2), (2 * width // 3, height // 2), 255, 160)
    area = np.count_nonzero(brushed) / 1e6
    rect = box_around(brushed, 0)
    part = Part(rect, brushed[rect.rows_cols])

    def floor() -> None:
        bgr = np.ascontiguousarray(picture.pixels[rect.rows_cols][..., :3]).astype(np.float32)
        plane = part.coverage.astype(np.float32)
        cv2.ximgproc.guidedFilter(bgr, plane, 3, 13.0)

    what = f"refine edge, {area:.1f} MP brushed"
    return _row(what, partial(refined, picture, true, part), "one guided filter", floor)


def _swaps() -> list[Row]:
    """What the window's own thread does in the end."""
    rows = []
    for size in (PICTURE, LARGE):
        plane = MaskPlane(size)
        noise = np.random.default_rng(0).integers(0, 256, (size.height, size.width), np.uint8)
        rect = box_around(np.full_like(noise, 255), 0)
        patch = [plane.draft().becoming(rect, noise)]

        def ours(plane: MaskPlane = plane, patch: list = patch) -> None:
            patch[0], _ = plane.swap(patch[0])

        def floor(noise: np.ndarray = noise) -> None:
            noise.copy()

        row = _row(f"swap in all of {size.area / 1e6:.1f} MP", ours, "a copy", floor)
        ms = float(row.ours.split()[0])
        small = size is PICTURE
        rows.append(
            Row(
                row.what,
                row.ours,
                row.floor_or_peer,
                row.ratio,
                "< 8 ms" if small else "",
                ms < 8 if small else None,
                "noise, so that no tile has one value; on the window's thread",
            )
        )
    return rows


def _undo() -> Row:
    """A thousand strokes at 64 megapixels, packed as the window packs them."""
    plane = MaskPlane(LARGE)
    history = History(plane)
    brush = Brush(120, 0.8)
    chance, made = np.random.default_rng(0), 0
    while made < STROKES:
        x, y = (float(chance.uniform(500, side - 500)) for side in LARGE)
        edit = plane.edit()
        stroke = Stroke(edit, brush)
        for _ in range(12):
            x, y = x + float(chance.normal(0, 90)), y + float(chance.normal(0, 90))
            stroke.to(x, y)
        patch = edit.commit().packed()
        made += bool(patch)  # one over what is painted already changes nothing
        history.push(patch)
    weight, kept, times = history.weight / 2**20, len(history.undo_steps), []
    while history.can_undo:
        start = time.perf_counter()
        history.undo()
        times.append((time.perf_counter() - start) * 1000)
    return Row(
        f"{STROKES} strokes at 64 MP, kept for undo",
        f"{weight:.1f} MiB",
        f"budget {BUDGET / 2**20:.0f} MiB",
        weight * 2**20 / BUDGET,
        "<= 128 MiB, all of them",
        weight * 2**20 <= BUDGET and kept == STROKES and not plane.pixels.any(),
        f"{kept} of them are kept; an undo takes {statistics.median(times):.2f} ms,"
        f" at most {max(times):.1f} ms",
    )


def _row(
    what: str,
    ours: Callable[[], object],
    name: str,
    floor: Callable[[], object],
    *,
    note: str = "",
) -> Row:
    here, there = [], []
    for _ in range(ROUNDS):
        here.append(_ms(ours))
        there.append(_ms(floor))
    least, most = min(there), min(here)
    return Row(what, f"{most:.1f} ms", f"{name} {least:.1f} ms", most / least, note=note)


def _ms(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    print(table(report()))
