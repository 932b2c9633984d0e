"""Drawing of a tile: what its face tells, over and under the picture; state is the tile's."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QLinearGradient, QPainter
from PySide6.QtWidgets import QWidget

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.controls.tile_face import NO_BADGE, Face, Kind, fact, under_way
from editor.ui.theme import current

_LIGHT = 0.10
"""The shimmer's brightest point, as a share of white; more would pull the eye off the stage."""

_SIGNS = {
    Kind.QUEUED: ("clock", "secondary"),
    Kind.PAUSED: ("clock", "warn"),
    Kind.LIMITED: ("clock", "warn"),
    Kind.LEFT: ("clock", "secondary"),
    Kind.REFUSED: ("error", "error"),
    Kind.UNSENT: ("error", "error"),
    Kind.FAILED: ("error", "error"),
    Kind.UNKNOWN: ("question", "warn"),
    Kind.STOPPED: ("stop", "secondary"),
}
_BADGE = 18


def shimmer(painter: QPainter, frame: QRect, phase: float) -> None:
    """Let a light pass over the frame. phase: 0..1, from before its left edge to behind it."""
    middle = frame.left() + (phase * 2 - 0.5) * frame.width()
    reach = frame.width() / 2
    light = QLinearGradient(middle - reach, 0, middle + reach, 0)
    for at, share in ((0.0, 0.0), (0.5, _LIGHT), (1.0, 0.0)):
        stop = current().colours.surround_white.toRgb()
        stop.setAlphaF(share)
        light.setColorAt(at, stop)
    painter.fillRect(frame, light)


def sign(painter: QPainter, frame: QRect, face: Face) -> None:
    """Draw what became of an answer, or what goes on, in the place of a picture."""
    if face.picture is not None:
        return
    theme = current()
    sign = _SIGNS.get(face.kind)
    if face.moving and not theme.motion.shimmer:
        sign = ("clock", "secondary")
    ended = face.kind.failed or face.kind is Kind.UNKNOWN
    reason = face.words if ended else under_way(face)
    colour, font = theme.colours.secondary, theme.font("label")
    if not sign:
        paint.paragraph(painter, frame.adjusted(6, 28, -6, -8), reason, colour, font)
        return
    name, token = sign
    box = frame.adjusted(0, 16, 0, -44) if reason else frame
    icons.paint(painter, name, box, theme.colours.named(token))
    if reason:
        paint.paragraph(painter, frame.adjusted(6, 42, -6, -4), reason, colour, font)


def progress(painter: QPainter, tile: QWidget, frame: QRect, share: float) -> None:
    """Draw a bar along the lower edge; share: 0..1, nothing for 0."""
    if share <= 0:
        return
    bar = QRect(frame.left(), frame.bottom() - 2, frame.width(), 3)
    painter.fillRect(bar, current().colours.chip)
    bar.setWidth(round(bar.width() * share))
    painter.fillRect(paint.mirrored(tile, bar), current().colours.accent)


def badge(painter: QPainter, tile: QWidget, face: Face) -> None:
    """Draw the number in the corner and, beside it, whether it is starred and out of date."""
    if face.number == NO_BADGE:
        return
    theme = current()
    words, font = str(face.number), theme.font("hud")
    wide = max(_BADGE, paint.width_of(words, font) + 10)
    rect = paint.mirrored(tile, QRect(4, 4, wide, _BADGE))
    paint.body(painter, rect, theme.colours.chip)
    paint.text(painter, rect, words, theme.colours.on_chip, font, Qt.AlignmentFlag.AlignCenter)
    left = 4 + wide + 3
    for icon, there in (("star", face.starred), ("clock", face.stale)):
        if there:
            beside = paint.mirrored(tile, QRect(left, 4, _BADGE, _BADGE))
            paint.body(painter, beside, theme.colours.chip)
            inner = beside.adjusted(2, 2, -2, -2)
            icons.paint(painter, icon, inner, theme.colours.on_chip, filled=icon == "star")
            left += _BADGE + 3


def fact_line(painter: QPainter, line: QRect, face: Face, *, ringed: bool) -> None:
    """Write the facts under the picture, those at the end left out where they have no room."""
    theme = current()
    line = line.adjusted(2, 2, -2, 0)
    tone = "error" if face.kind.failed else "secondary"
    if face.kind is Kind.UNKNOWN:
        tone = "warn"
    if ringed and tone == "secondary":
        tone = "text"
    words, font = fact(face), theme.font("label")
    while "  " in words and paint.width_of(words, font) > line.width():
        words = words.rpartition("  ")[0]  # half a number is none; the tooltip has them all
    paint.text(painter, line, words, theme.colours.named(tone), font)
