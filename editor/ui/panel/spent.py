"""SpentLine: what this project and this month have cost, in one quiet line that opens more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale
from PySide6.QtWidgets import QHBoxLayout, QWidget

from editor.ui.controls.button import Button, flush
from editor.ui.language import money
from editor.ui.theme import current

if TYPE_CHECKING:  # the window is painted before any pixels are worked on
    from editor.session.spending import Spent


class SpentLine(QWidget):
    """A link; `button` reports a click on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("spent")
        self.button = Button("spent-open", "", "quiet")
        sizes = current().sizes
        row = QHBoxLayout(self)
        row.setContentsMargins(sizes.far, sizes.small, sizes.far, sizes.near)
        row.addLayout(flush(self.button))
        self.hide()

    def show_spent(self, spent: Spent) -> None:
        """Say what it has come to."""
        words = self.tr("Spent: {project} here, {month} in {name}").format(
            project=money(spent.project), month=money(spent.month), name=month_name(spent.day)
        )
        self.button.setText(words)
        self.button.describe(self.tr("{words}. Limits and notifications").format(words=words))
        self.show()


def month_name(day: date) -> str:
    """The month of a day, as it stands alone."""
    locale = QLocale()
    if locale.language() is QLocale.Language.C:
        locale = QLocale(QLocale.Language.English)
    return locale.standaloneMonthName(QDate(day.year, day.month, day.day).month())


def question(total: float | None, cap: float, day: date) -> str:
    """What is asked before a cap is crossed."""
    if total is None:
        words = _tr("{month} is over its cap of {cap}, and nobody knows what this edit costs.")
        return words.format(month=month_name(day), cap=_whole(cap))
    words = _tr("This would bring {month} to {total} of {cap}.")
    return words.format(month=month_name(day), total=money(total), cap=_whole(cap))


def _whole(dollars: float) -> str:
    return f"${dollars:.0f}" if dollars == int(dollars) else money(dollars)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Spent", words)
