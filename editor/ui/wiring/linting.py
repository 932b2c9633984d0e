"""Linting: what is odd about the mask, from the session to the corner of the stage and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.ui.stage import EDIT

if TYPE_CHECKING:
    from editor.session.linting import Report
    from editor.session.session import Session
    from editor.ui.window import Window


class LintPart(QObject):
    """Shows the report of the mask while the mask itself is seen."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._stage = window.stage
        self._session = session
        session.linting.changed.connect(lambda _: self.show())
        session.gallery.changed.connect(lambda _: self.show())
        self._stage.viewed.connect(self.show)
        self._stage.lint.toggled.connect(lambda _: self.show())
        self._stage.findings.fixed.connect(session.linting.fix)
        self.show()

    def show(self) -> None:
        """Follow what is known and what the stage shows."""
        stage, report = self._stage, self._report
        stage.lint.show_report(report)
        opened = report is not None and stage.lint.isChecked()
        if opened and report is not None:
            stage.findings.show_report(report)
        stage.findings.setVisible(opened)
        stage.place_lint()

    def escape(self) -> bool:
        """Close the list; False where it is not open."""
        if not self._stage.findings.isVisible():
            return False
        self._stage.lint.setChecked(False)
        return True

    @property
    def _report(self) -> Report | None:
        editing = self._session.gallery.state.shown is None and self._stage.view == EDIT
        return self._session.linting.report if editing else None
