"""Everything that a window says: shown, spoken, in tips, titles, menus and lists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QLineEdit, QWidget

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)

OF_QT = "qt_"
"""So begin the names of what Qt puts inside its own widgets."""


def shown() -> dict[str, bytes]:
    """The texts of every widget and action of every window, each under the name of its owner
    or of the nearest one around it that has a name.

    What a masked field holds is left out: it is the one place that a key may stand in.
    """
    number = count()
    return {
        f"{owner}.{name}#{next(number)}": text.encode()
        for window in QApplication.topLevelWidgets()
        for each in _owners(window)
        for name, text in _texts(each)
        for owner in [_name(each)]
        if text
    }


def _owners(window: QWidget) -> Iterator[QObject]:
    yield window
    yield from window.findChildren(QWidget)
    yield from window.findChildren(QAction)


def _name(owner: QObject) -> str:
    around: QObject | None = owner
    while around is not None and (not around.objectName() or around.objectName().startswith(OF_QT)):
        around = around.parent()
    return around.objectName() if around else type(owner).__name__


def _texts(owner: QObject) -> Iterator[tuple[str, str]]:
    masked = isinstance(owner, QLineEdit) and owner.echoMode() is not QLineEdit.EchoMode.Normal
    known = owner.metaObject()
    for at in range(known.propertyCount()):
        name = str(known.property(at).name())
        value = owner.property(name)
        if isinstance(value, str) and not (masked and name in {"text", "selectedText"}):
            yield name, value
    if isinstance(owner, QAbstractItemView | QComboBox) and (model := owner.model()):
        yield from _items(model, QModelIndex())


def _items(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[tuple[str, str]]:
    for row in range(model.rowCount(parent)):
        column = 0
        while (index := model.index(row, column, parent)).isValid():
            for role in ROLES:
                yield role.name, str(index.data(role) or "")
            yield from _items(model, index)
            column += 1
