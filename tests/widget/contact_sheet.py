"""Every control in every state, in both themes, two languages and mirrored, to look at.

Run it: python tests/widget/contact_sheet.py [FOLDER]. One sheet for each theme, language and
pixel ratio goes to FOLDER, out/contact-sheet when none is named.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from itertools import product
from pathlib import Path

if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, QTranslator
from PySide6.QtGui import QCursor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from editor.ui import icons
from editor.ui.controls import paint
from editor.ui.style import apply
from editor.ui.theme import current, names
from tests.fakes.pseudo_locale import PseudoLocale
from tests.widget.samples import REASON, Sample, samples

SIDES = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)

_ASIDE = QPoint(40, 40)
"""Away from the corner into which the pointer is put."""


class RightToLeft(PseudoLocale):
    """The same words, which begin with a mark that a language of the other direction has."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        words = super().translate(context, sourceText, disambiguation, n)
        return f"\u200f{words}" if words else ""


def drawn(sample: Sample, ratio: float) -> QImage:
    """The control in its state, alone in a window of its own."""
    host = QWidget()
    host.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    QCursor.setPos(0, 0)  # wherever an earlier hand has left it
    widget = sample.make()
    widget.setParent(host)
    widget.move(_ASIDE)
    wide = sample.width or widget.sizeHint().width()
    widget.setFixedWidth(wide)
    widget.show()
    host.show()
    QApplication.processEvents()
    tall = widget.heightForWidth(wide) if widget.hasHeightForWidth() else 0
    if widget.minimumHeight() != widget.maximumHeight():
        widget.resize(wide, tall if tall > 0 else widget.sizeHint().height())
    host.resize(widget.size() + QSize(80, 80))
    QApplication.processEvents()
    host.setFocus()
    _set_state(widget, sample.state)
    QApplication.processEvents()
    if widget.minimumHeight() != widget.maximumHeight():
        tall = widget.heightForWidth(wide) if widget.hasHeightForWidth() else 0
        widget.resize(wide, tall if tall > 0 else widget.sizeHint().height())
        QApplication.processEvents()
    image = QImage(widget.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(current().colours.panel)
    widget.render(image, QPoint(0, 0))
    host.hide()
    host.deleteLater()
    return image


def _set_state(widget: QWidget, state: str) -> None:
    parts = [widget, *widget.findChildren(QWidget)]
    if state == "hover":
        for part in parts:
            _hover(part)
    elif state == "pressed":
        for part in parts:
            if isinstance(part, QAbstractButton):
                part.setDown(True)
            elif isinstance(part, QSlider):
                part.setSliderDown(True)
    elif state == "off":
        if hasattr(widget, "set_off"):
            widget.set_off(REASON)
        else:
            widget.setEnabled(False)
    elif state == "focus":
        _focus(widget, parts)


def _hover(part: QWidget) -> None:
    """Put the pointer over a widget; a push button believes only what moves there."""
    part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    if isinstance(part, QPushButton):
        at, button = QPointF(part.rect().center()), Qt.MouseButton.NoButton
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(
            part, QMouseEvent(QEvent.Type.MouseMove, at, at, button, button, none)
        )


def _focus(widget: QWidget, parts: list[QWidget]) -> None:
    widget.window().activateWindow()
    target = widget.focusProxy() or widget
    inner = [one for one in parts if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    chosen = target if target.focusPolicy() else (inner or [target])[0]
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    for edit in widget.findChildren(QLineEdit):
        edit.deselect()


def sheet(ratio: float, wide: int = 1500) -> QImage:
    """All samples on one page, in lines, each with its name above it."""
    theme = current()
    placed: list[tuple[QPoint, str, QImage]] = []
    left, top, line = 16, 8, 0
    for sample in samples():
        image = drawn(sample, ratio)
        title = f"{sample.title}: {sample.state}"
        size = image.deviceIndependentSize().toSize()
        step = max(size.width(), paint.width_of(title, theme.font("hud")), 150) + 20
        if left + step > wide:
            left, top, line = 16, top + line + 32, 0
        placed.append((QPoint(left, top), title, image))
        left += step
        line = max(line, size.height())
    below, columns = top + line + 40, (wide - 32) // 36
    page = QImage(
        QSize(wide, below + 60 * -(-len(icons.names()) // columns)) * ratio,
        QImage.Format.Format_RGB32,
    )
    page.setDevicePixelRatio(ratio)
    page.fill(theme.colours.panel)
    painter = QPainter(page)
    painter.setFont(theme.font("hud"))
    painter.setPen(theme.colours.secondary)
    for at, title, image in placed:
        painter.drawText(at + QPoint(0, 12), title)
        painter.drawImage(at + QPoint(0, 20), image)
    for place, name in enumerate(icons.names()):
        row, column = divmod(place, columns)
        for filled, down in ((False, 0), (True, 24)):
            colour = theme.colours.accent if filled else theme.colours.text
            picture = icons.pixmap(name, colour, ratio, filled=filled)
            painter.drawPixmap(16 + 36 * column, below + 60 * row + down, picture)
    painter.end()
    return page


def main() -> None:
    root = Path(__file__).resolve().parents[2]
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else root / "out" / "contact-sheet"
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    languages = {"en": QTranslator(), "pseudo": PseudoLocale(), "mirrored": RightToLeft()}
    for name, (language, words), ratio in product(names(), languages.items(), (1.0, 1.5, 2.0)):
        app.installTranslator(words)
        app.setLayoutDirection(SIDES[language == "mirrored"])
        apply(app, name, still=True)
        page = sheet(ratio)
        page.save(str(folder / f"{name}-{language}-{ratio:g}x.png"))
        app.removeTranslator(words)
    print(f"{date.today():%Y-%m-%d} {folder}")


if __name__ == "__main__":
    main()
