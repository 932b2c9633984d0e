"""CountControl: how many variants, one to four at a click and more from a list."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.capability.field import Whole
from editor.ui import icons
from editor.ui.controls.button import Button
from editor.ui.controls.menu import Menu
from editor.ui.controls.option import Option
from editor.ui.controls.segmented import MOST, Segmented
from editor.ui.theme import current


class CountControl(QWidget):
    """Shows a count and reports another by `changed`."""

    changed = Signal(int)

    def __init__(self, name: str, label: str, field: Whole) -> None:
        super().__init__()
        self.setObjectName(name)
        self._value = field.default
        few = range(field.minimum, min(MOST, field.maximum) + 1)
        self._few = Segmented(f"{name}-few", label, [Option(str(n), str(n)) for n in few])
        self._few.chosen.connect(lambda value: self._report(int(value)))
        self._more = Button(f"{name}-more", "")
        self._more.setFixedWidth(current().sizes.tools)
        self._most = field.maximum
        self._more.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current().sizes.small)
        row.addWidget(self._few, 1)
        row.addWidget(self._more)
        self._more.setVisible(field.maximum > MOST)
        self.setFocusProxy(self._few)
        self.show_value(field.default)

    def value(self) -> int:
        """The count shown."""
        return self._value

    def show_value(self, value: int) -> None:
        """Show a count without reporting it."""
        self._value = value
        self._few.show_value(str(value))
        several = value > MOST
        self._more.setText(str(value) if several else "")
        self._more.setIcon(QIcon() if several else icons.icon("more", "secondary"))
        self._more.setProperty("kind", "chosen" if several else "plain")
        self._more.style().unpolish(self._more)
        self._more.style().polish(self._more)
        self._more.describe(self.tr("More variants"))

    def set_off(self, reason: str) -> None:
        """Switch it off and say why; "" switches it on."""
        self._few.set_off(reason)
        self._more.set_off(reason)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, current().sizes.row)

    def _open(self) -> None:
        menu = Menu(self)
        menu.setObjectName(f"{self.objectName()}-menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number in range(MOST + 1, self._most + 1):
            action = menu.addAction(str(number))
            action.setObjectName(f"{self.objectName()}-{number}")
            action.triggered.connect(lambda _=False, number=number: self._report(number))
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _report(self, value: int) -> None:
        self.show_value(value)
        self.changed.emit(value)
