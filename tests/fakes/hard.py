"""Pictures that are hard to join, drawn: sky, lettering, a product's edge, hair, film grain."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from editor.imaging.geometry import Size

Floats = NDArray[np.float32]


def drawn(size: Size) -> dict[str, Floats]:
    """Each picture by its name: (rows, cols, 3) BGR, 0..1."""
    return {
        "sky": _sky(size),
        "lettering": _lettering(size),
        "product": _product(size),
        "hair": _hair(size),
        "film": _film(size),
    }


def _sky(size: Size) -> Floats:
    down = np.linspace(0, 1, size.height, dtype=np.float32)[:, None, None]
    top, bottom = np.array([0.75, 0.45, 0.2]), np.array([0.92, 0.85, 0.75])
    sky = np.repeat(top + (bottom - top) * down, size.width, axis=1).astype(np.float32)
    hill = np.array([[0, 0.8], [0.3, 0.72], [0.6, 0.82], [1, 0.7], [1, 1], [0, 1]]) * size
    return _filled(sky, hill, (0.25, 0.35, 0.2))


def _lettering(size: Size) -> Floats:
    page = np.full((size.height, size.width, 3), (219, 235, 240), np.uint8)
    for line, y in enumerate(range(30, size.height + 30, 34)):
        text = "The quick brown fox jumps over the lazy dog"[line % 9 :] * 2
        cv2.putText(page, text, (8, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (25, 25, 38), 2)
    return page.astype(np.float32) / np.float32(255)


def _product(size: Size) -> Floats:
    picture = np.full((size.height, size.width, 3), 0.88, np.float32)
    across = np.linspace(0.35, 1.0, size.width, dtype=np.float32)[None, :, None]
    box = np.array([[0.25, 0.2], [0.8, 0.15], [0.85, 0.8], [0.2, 0.85]]) * size
    solid = _filled(picture, box, (0.45, 0.25, 0.75))
    inside = (solid != picture).any(axis=2, keepdims=True)
    return np.asarray(np.where(inside, solid * across, solid), np.float32)


def _hair(size: Size) -> Floats:
    chance = np.random.default_rng(3)
    picture = np.full((size.height, size.width, 3), (0.55, 0.6, 0.65), np.float32)
    for _ in range(900):
        x, bow = chance.uniform(0, size.width), chance.normal(0, 40)
        share = np.linspace(0, 1, 12)
        xs = x + bow * share**2 + chance.normal(0, 1, 12).cumsum()
        points = np.stack([xs, share * size.height], axis=1).astype(np.int32)
        tone = chance.uniform(0.1, 0.5)
        cv2.polylines(picture, [points], False, (tone * 0.5, tone * 0.7, tone), 1, cv2.LINE_AA)
    return picture


def _film(size: Size) -> Floats:
    chance = np.random.default_rng(4)
    field = chance.uniform(0.2, 0.8, (5, 7, 3)).astype(np.float32)
    picture = cv2.resize(field, size, interpolation=cv2.INTER_CUBIC)
    grain = chance.normal(0, 0.045, (size.height, size.width)).astype(np.float32)
    soft = cv2.GaussianBlur(grain, (0, 0), 0.8)
    return np.asarray(np.clip(picture + soft[..., None], 0, 1), np.float32)


def _filled(picture: Floats, corners: NDArray[np.float64], colour: tuple[float, ...]) -> Floats:
    result = picture.copy()
    cv2.fillPoly(result, [np.rint(corners).astype(np.int32)], colour, cv2.LINE_AA)
    return result
