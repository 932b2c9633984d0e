"""Wiring: session to window by signal, window to session by call; nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from editor.ui import areas
from editor.ui.commands import Commands
from editor.ui.keys import KeyFilter, PictureKeys
from editor.ui.status import Status
from editor.ui.wiring.choosing import Choosing
from editor.ui.wiring.exporting import Exports
from editor.ui.wiring.extending import ExtendingPart
from editor.ui.wiring.framing import Framing
from editor.ui.wiring.heat import HeatPart
from editor.ui.wiring.leaks import LeakAlarm
from editor.ui.wiring.linting import LintPart
from editor.ui.wiring.looks import Looks
from editor.ui.wiring.masking import MaskingPart
from editor.ui.wiring.masks import Masks
from editor.ui.wiring.notifying import Notifying
from editor.ui.wiring.offers import Offers
from editor.ui.wiring.pictures import Pictures
from editor.ui.wiring.prompts import Prompts
from editor.ui.wiring.providers import ProvidersPart
from editor.ui.wiring.results import Results
from editor.ui.wiring.sent import Sent
from editor.ui.wiring.soon import Soon
from editor.ui.wiring.spending import SpendingPart
from editor.ui.wiring.staying import Staying
from editor.ui.wiring.traffic import TrafficPart
from editor.ui.wiring.tuning import TuningPart
from editor.ui.wiring.views import Views

if TYPE_CHECKING:
    from editor.session.session import Session
    from editor.ui.window import Window


class Wiring(QObject):
    """Made once the session is there; lives as long as the window."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self.commands = Commands(window)
        self._status = Status(window, session)
        self.results = Results(window, session, self._status, self.do)
        self._target = Soon(self._show_target, self)
        self._rows = Soon(self._show_rows, self)
        self._pictures = Pictures(window, session, self.commands, self._target.ask)
        self._views = Views(window, session, self._status, self.do)
        self._choosing = Choosing(window, session, self.do)
        self._exports = Exports(window, session)
        self._framing = Framing(window, session)
        self._prompts = Prompts(window, session)
        self._providers = ProvidersPart(window, session)
        self._leaks = LeakAlarm(window, session)
        self._spending = SpendingPart(window, session)
        self._offers = Offers(window, session)
        self._notifying = Notifying(window, session)
        self._traffic = TrafficPart(window, session)
        self._sent = Sent(window, session)
        self._staying = Staying(window, session, self._status)
        self._masking = MaskingPart(window, session, self._status, self._views.edit)
        self._lint = LintPart(window, session)
        self._looks = Looks(window, session)
        self._masks = Masks(window, session)
        self._extending = ExtendingPart(window, session, self._status, self._views.edit)
        self._heat = HeatPart(window, session, self.do)
        self.on_stage = (
            self._stage_commands()
            | self.results.commands
            | self._exports.commands
            | self._views.commands
        )
        self.on_stage |= self._choosing.commands | self._framing.commands | self._prompts.commands
        self.on_stage |= (
            self._heat.commands
            | self._providers.commands
            | self._staying.commands
            | self._sent.commands
            | self._traffic.commands
        )
        self.on_stage |= self._masking.commands | self._looks.commands | self._masks.commands
        self.on_stage |= self._extending.commands
        self._keys = KeyFilter(window, self.do)
        self._shared = PictureKeys(window, lambda: window.stage.picture)
        self._connect_form()
        self._connect_canvas()
        self._tuning = TuningPart(window, session)
        self._connect_session()
        self._connect_commands()
        self._pictures.show_all()
        self._pictures.show_base()
        self._show_history()

    def do(self, command: str) -> None:
        """Carry out a command, of the window or of the stage."""
        taken = self._masking.takes(command) or self._extending.takes(command)
        if not taken and not self.commands.do(command):
            self._do_on_stage(command)

    def _connect_form(self) -> None:
        form, panel, prompt = self._session.form, self._window.panel, self._window.stage.prompt
        form.changed.connect(panel.show_form)
        form.changed.connect(lambda _: self.results.show_prompt())
        form.changed.connect(lambda _: self._status.show_lock())
        panel.provider_chosen.connect(form.set_provider)
        panel.model_chosen.connect(lambda model: form.set_model(form.state.provider.id, model))
        panel.preset_chosen.connect(form.set_preset)
        panel.count_chosen.connect(form.set_count)
        panel.field_changed.connect(form.set_value)
        prompt.changed.connect(form.set_prompt)
        prompt.sent.connect(lambda: self.do("send"))
        prompt.stopped.connect(lambda: self.do("stop"))
        prompt.left.connect(lambda: self._window.stage.canvas.setFocus())
        prompt.picture_pasted.connect(lambda: self.do("paste"))

    def _connect_canvas(self) -> None:
        canvas, painting = self._window.stage.canvas, self._session.painting
        canvas.attach(painting)
        canvas.peeked.connect(self._peek)
        canvas.tool_changed.connect(lambda _: self._status.show_tool())
        painting.brush_changed.connect(lambda _: self._status.show_tool())
        painting.stroke_ended.connect(self._status.show_mask)

    def _connect_session(self) -> None:
        session = self._session
        session.told.connect(self._window.tell)
        session.gallery.busy = self._busy
        session.wanted.connect(self._go_to)
        session.chronicle.changed.connect(self._show_history)
        session.tuning.changed.connect(lambda _: self._status.show_tool())
        session.painting.turned.connect(self._show_history)
        session.painting.turned.connect(self._status.show_mask)

    def _connect_commands(self) -> None:
        for id, action in self._window.actions_by_id.items():
            action.triggered.connect(lambda _=False, id=id: self.do(id))
        self._window.tools.chosen.connect(lambda tool: self.do(f"tool:{tool}"))
        self._window.tools.asked.connect(self.do)
        self._window.stage.chosen.connect(self._chosen)
        self._window.stage.toasts.acted.connect(self.do)
        self._window.strip.add.clicked.connect(lambda: self.do("open"))
        self._window.history.chosen.connect(self._session.travel)
        self._window.history.round_chosen.connect(self._show_round)
        self._window.history.edit_chosen.connect(self._return_to)

    def _do_on_stage(self, command: str) -> None:
        name, _, rest = command.partition(":")
        if name == "digit":
            self.results.show_result(int(rest))
        elif command in self.on_stage:
            self.on_stage[command]()
        elif name == "tool":
            self._window.stage.canvas.set_tool(rest)

    def _stage_commands(self) -> dict[str, Callable[[], None]]:
        window, canvas = self._window, self._window.stage.canvas
        overlay = window.actions_by_id["overlay"]
        return {
            "fit": canvas.viewport.fit,
            "actual": canvas.viewport.show_actual,
            "overlay": lambda: canvas.show_overlay(shown=overlay.isChecked()),
            "escape": self._escape,
            "panels": window.toggle_panels,
            "next-area": self._next_area,
            "keys": window.show_keys,
        }

    def _escape(self) -> None:
        if self._window.stage.keys.isVisible():
            self._window.show_keys()
        elif self._session.painting.painting:
            self._session.painting.abandon()
        elif not any(leave() for leave in self._ladder()):
            self._window.stage.canvas.setFocus()

    def _ladder(self) -> tuple[Callable[[], bool], ...]:
        """What Escape leaves, the innermost first; each tells whether there was anything."""
        return (
            self._masking.escape,
            self._extending.leave,
            self._lint.escape,
            self._providers.leave,
            self._framing.escape,
            self._heat.leave,
            self._views.rejoin,
            self.results.leave,
            self._views.leave,
        )

    def _peek(self, on: bool) -> None:
        self._session.run(lambda: self._status.peek(on=on), "peek")

    def _chosen(self, value: str) -> None:
        name, _, path = value.partition(":")
        if name == "recent":
            self._window.open_project(Path(path))
        else:
            self.do(value)

    def _go_to(self, field: str) -> None:
        if field == "prompt":
            self._window.stage.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        self._window.stage.prompt.attempt()

    def _busy(self) -> bool:
        """Whether an arriving answer would disturb: a stroke or new typing is under way."""
        return self._session.painting.painting or self._window.stage.prompt.text.hasFocus()

    def _show_target(self) -> None:
        self._status.show_mask()
        self.results.show_all()

    def _show_history(self) -> None:
        self._status.show_history()  # at once: the next key may be Ctrl+Z
        self._rows.ask()

    def _show_rows(self) -> None:
        rows = self._session.chronicle.rows(self._session.painting.slot)
        self._window.history.show_rows(rows)

    def _return_to(self, kept: str) -> None:
        self._session.run(lambda: self._session.return_to(kept), "go back")

    def _show_round(self, id: str) -> None:
        """Put the first answer of a round on the stage."""
        entries = self._session.gallery.state.entries
        numbers = [number for number, entry in enumerate(entries, 1) if entry.round == id]
        if numbers:
            self.results.show_result(numbers[0])

    def _next_area(self) -> None:
        """Walk through prompt, panel, strip and canvas."""
        window, stage = self._window, self._window.stage
        parts = (stage.prompt, window.panel, window.strip, stage.canvas, stage.compare)
        areas.walk(parts, window.focusWidget())
