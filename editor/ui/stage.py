"""The stage: the canvas with the prompt bar, toasts and drop zones over it, and the views."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QMargins,
    QObject,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.ui.controls import paint
from editor.ui.controls.empty_state import EmptyState
from editor.ui.controls.option import Option
from editor.ui.controls.toast import Toasts
from editor.ui.panel.prompt import Prompt
from editor.ui.theme import current

if TYPE_CHECKING:  # the window is painted before there is anything to paint on
    from editor.imaging.raster import Raster
    from editor.ui.canvas.canvas import Canvas
    from editor.ui.drop import DropZones
    from editor.ui.extend_bar import ExtendBar
    from editor.ui.gallery.compare import Compare
    from editor.ui.gallery.linked import Compared
    from editor.ui.key_list import KeyList
    from editor.ui.lint import LintChip, LintPanel
    from editor.ui.reshape_bar import ReshapeBar
    from editor.ui.tool_options import ToolOptions
    from editor.ui.viewport import Viewport

EDIT = "edit"


class Stage(QWidget):
    """Edit and the four comparing views, over one viewport. chosen: an empty-state entry.

    viewed: another view is shown. view: EDIT, or the comparing view. torn: comparing happens in
    a window of its own. At first it is empty and can do nothing else: furnish() brings the rest.
    """

    chosen = Signal(str)
    viewed = Signal()

    canvas: Canvas
    compare: Compare
    zones: DropZones
    options: ToolOptions
    reshape: ReshapeBar
    extend: ExtendBar
    lint: LintChip
    findings: LintPanel
    keys: KeyList

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stage")
        self.view = EDIT
        self.torn = False
        self.empty = EmptyState(
            "stage-empty",
            self.tr("Drop a picture here"),
            (
                Option("open", self.tr("Open…")),
                Option("paste", self.tr("Paste")),
                Option("sample", self.tr("Try the sample")),
            ),
            icon="picture",
            parent=self,
        )
        self.empty.chosen.connect(self.chosen)
        self.prompt = Prompt(self)
        self.toasts = Toasts(self)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._place)
        self.prompt.installEventFilter(self)
        self._opened = False
        self._opening = False
        self._furnished = False
        self.show_empty(empty=True)

    def furnish(self) -> None:
        """Bring in all that the empty stage does not show, if it is not there."""
        if self._furnished:
            return
        from editor.ui.furniture import Furniture  # not before the window is painted

        brought = Furniture(self, self.toasts)
        self.canvas, self.compare, self.zones = brought.canvas, brought.compare, brought.zones
        self.options, self.reshape, self.extend = brought.options, brought.reshape, brought.extend
        self.lint, self.findings, self.keys = brought.lint, brought.findings, brought.keys
        self.options.resized.connect(self.place_bars)
        self.keys.left.connect(self.toggle_keys)
        self._furnished = True
        self._show_view()

    def show_opening(self, *, opening: bool) -> None:
        """Say that a first picture is being read in the place of offering one."""
        self._opening = opening
        self.empty.setVisible(not self._opened and not opening)
        self.update()

    def show_empty(self, *, empty: bool) -> None:
        """Offer a first picture, if none is being read, or show the canvas."""
        first = not empty and not self._opened
        self._opened = not empty
        self.empty.setVisible(empty and not self._opening)
        self._show_view()
        if first and not self.prompt.text.hasFocus():
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keys(self) -> None:
        """Have the keyboard on the view, or where it will be: else Qt gives it to a tool."""
        views = (self.canvas, self.compare) if self._furnished else ()
        shown = next((view for view in views if not view.isHidden()), self)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_recent(self, paths: Sequence[str]) -> None:
        """List projects that were open before."""
        entries = [Option(f"recent:{path}", Path(path).stem) for path in paths[:5]]
        self.empty.show_recent(self.tr("Recent projects"), entries)

    def show_view(self, view: str) -> None:
        """Show EDIT or one of the comparing views; zoom and centre stay as they are."""
        self.view = view
        self._show_view()
        self.viewed.emit()

    def tear_off(self, *, torn: bool) -> None:
        """Leave comparing to another window, which takes `compare`, or take it back."""
        self.torn = torn
        if not torn:
            self.compare.setParent(self)
            self.compare.hide()
            self.view = EDIT
        self._show_view()

    @property
    def lead(self) -> Viewport:
        """The viewport that commands of zoom go to; all others follow."""
        comparing = self.compare.isVisible() and self.compare.isActiveWindow()
        return self.compare.lead if comparing else self.canvas.viewport

    @property
    def picture(self) -> QWidget:
        """Where the pictures are seen: on the canvas, or compared in its place."""
        return self.compare if self.compare.isVisible() and not self.torn else self.canvas

    def show_pictures(
        self,
        source: Raster,
        base: Raster,
        pictures: Sequence[Compared],
        current: int,
    ) -> None:
        """Give the comparing views what they compare; see Compare.show_pictures."""
        self.compare.show_pictures(source, base, pictures, current)

    def place_bars(self) -> None:
        """Put the bar of the tool, or of what is tried, at the top right of the picture."""
        editing = self._opened and not self.canvas.isHidden()
        free = self.reshape.isHidden() and self.extend.isHidden()
        self.options.setVisible(editing and not self.options.empty and free)
        taken, near = QSize(), current().sizes.near
        room = self.width() - 2 * near
        for bar in (self.options, self.reshape, self.extend):
            bar.fit(room)
            size = QSize(min(bar.sizeHint().width(), room), bar.sizeHint().height())
            bar.setGeometry(QRect(QPoint(self.width() - near - size.width(), near), size))
            bar.raise_()
            taken = taken if bar.isHidden() else size.grownBy(QMargins(near, near, near, near))
        self.canvas.chrome.keep_free(taken)
        self._cover()

    @property
    def below_bars(self) -> int:
        """Pixels at the top that bars take."""
        bars = (self.options, self.reshape, self.extend)
        return max((bar.geometry().bottom() + 1 for bar in bars if bar.isVisible()), default=0)

    def place_lint(self) -> None:
        """Put the chip that tells of the mask into its corner, and over it what it opened."""
        sizes, mirrored = current().sizes, self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        high = max(self.prompt.sizeHint().height(), sizes.prompt)
        taken = 2 * sizes.prompt_gap + high
        at = self.lint.place(self.rect(), taken=taken, mirrored=mirrored)
        self.lint.move(at)
        panel = self.findings
        left = at.x() if mirrored else at.x() + self.lint.width() - panel.width()
        panel.move(max(left, sizes.apart), at.y() - sizes.near - panel.height())
        self.lint.raise_()
        panel.raise_()
        self._cover()

    def toggle_keys(self) -> None:
        """Show the list of keys over the stage, or take it away."""
        self._place()
        self.keys.setVisible(not self.keys.isVisible())
        if not self.keys.isVisible():
            self.take_keys()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the prompt bar as it grows and shrinks."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._soon.start()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current()
        painter.fillRect(self.rect(), theme.colours.surround)
        if self._opening and not self._opened:
            quiet, font = theme.colours.secondary, theme.font("title")
            centre = Qt.AlignmentFlag.AlignCenter
            paint.text(painter, self.empty.geometry(), self.tr("Opening…"), quiet, font, centre)

    def _cover(self) -> None:
        """Tell the canvas where words would lie under a control."""
        near, region = current().sizes.near, QRegion()
        for control in (self.prompt, self.options, self.reshape, self.extend, self.lint):
            if not control.isHidden():
                region += control.geometry().adjusted(-near, -near, near, near)
        self.canvas.chrome.cover(region)

    def _show_view(self) -> None:
        if not self._furnished:
            self._place()
            return
        if self.view != EDIT:
            self.compare.arrange(self.view)
        comparing = self._opened and self.view != EDIT and not self.torn
        # Before the other is hidden: Qt would give the keyboard to the prompt, and digits with it.
        views: tuple[QWidget, QWidget] = (self.canvas, self.compare)
        before, after = views if comparing else reversed(views)
        after.setVisible(self._opened)
        if before.hasFocus() and before.window() is self.window():
            after.setFocus(Qt.FocusReason.OtherFocusReason)
        if before is not self.compare or not self.torn:
            before.hide()
        self._place()

    def _place(self) -> None:
        sizes = current().sizes
        room = self.rect()
        high = self.prompt.sizeHint().height()
        wide = min(sizes.prompt_widest, room.width() - 2 * sizes.far)
        left = (room.width() - wide) // 2
        top = room.height() - sizes.prompt_gap - high
        self.prompt.setGeometry(QRect(left, top, wide, high))
        # For one line, always: a bar that grows lies over the picture instead of moving it.
        reserved = sizes.prompt_gap * 2 + sizes.prompt
        self.empty.setGeometry(room.adjusted(sizes.far, sizes.far, -sizes.far, -reserved))
        taken = sizes.prompt_gap * 2 + max(high, sizes.prompt)
        self.toasts.set_margin(taken)
        if self._furnished:
            self._place_furniture(reserved, taken)
        self.prompt.raise_()
        self.toasts.raise_()

    def _place_furniture(self, reserved: int, taken: int) -> None:
        room, near = self.rect(), current().sizes.near
        self.canvas.setGeometry(room)
        self.canvas.reserve(bottom=reserved)
        if not self.torn:
            self.compare.setGeometry(room.adjusted(0, 0, 0, -reserved))
        self.place_bars()
        self.place_lint()
        self.keys.setGeometry(room.adjusted(near, near, -near, -taken))
        self.keys.raise_()
