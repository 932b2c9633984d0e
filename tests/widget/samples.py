"""Samples: every control in every state, for the contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from editor.capability.sentence import Sentence
from editor.edits.check import Trouble
from editor.session.form_state import FormState
from editor.session.spending import Spent
from editor.ui.controls.button import Button
from editor.ui.controls.chip import chip_size, paint_chip
from editor.ui.controls.combo import Combo
from editor.ui.controls.empty_state import EmptyState
from editor.ui.controls.icon_button import IconButton
from editor.ui.controls.message import Message
from editor.ui.controls.option import Option
from editor.ui.controls.row import FieldRow
from editor.ui.controls.scrub_number import ScrubNumber, Span
from editor.ui.controls.section import Section
from editor.ui.controls.segmented import Segmented
from editor.ui.controls.switch import Switch
from editor.ui.controls.text_field import TextField
from editor.ui.controls.tile import Tile
from editor.ui.controls.tile_face import Face, Kind
from editor.ui.controls.toast import Offer, Toast
from editor.ui.language import by, label
from editor.ui.panel.panel import Panel
from editor.ui.panel.prompt import Prompt
from editor.ui.panel.spent import SpentLine
from editor.ui.spending import SpendingPanel
from tests.fakes.forms import form
from tests.fakes.unfolding import unfold
from tests.widget.mask_samples import mask_samples
from tests.widget.provider_samples import provider_samples
from tests.widget.surface_samples import surface_samples

STATES = ("rest", "hover", "pressed", "focus", "off")
REASON = "Only with a format that compresses."


@dataclass(frozen=True)
class Sample:
    """One control in one state. make: builds it; state: one of STATES or a word of its own."""

    title: str
    state: str
    make: Callable[[], QWidget]
    width: int = 0


def tr(words: str) -> str:
    return label(words)


def picture(warm: bool = True) -> QImage:
    """A small landscape that stands in for a photograph."""
    image = QImage(224, 168, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    sky = QLinearGradient(0, 0, 0, 168)
    sky.setColorAt(0.0, QColor("#88B4D8" if warm else "#30405A"))
    sky.setColorAt(0.6, QColor("#F3E4C8" if warm else "#8A6F86"))
    sky.setColorAt(0.61, QColor("#5C7A4A" if warm else "#26332B"))
    sky.setColorAt(1.0, QColor("#33482C" if warm else "#141A16"))
    painter.fillRect(image.rect(), sky)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FFF4D6"))
    painter.drawEllipse(QPointF(160, 50), 18, 18)
    painter.end()
    return image


def samples() -> Iterator[Sample]:
    """Everything there is to look at, control by control."""
    yield from _buttons()
    yield from _choices()
    yield from _words()
    yield from _news()
    yield from _tiles()
    yield from _prompts()
    yield from _money()
    yield from (Sample(*made) for made in mask_samples(STATES))
    yield from (Sample(*made) for made in surface_samples(STATES, picture()))
    yield from _panels()
    yield from (Sample(*made) for made in provider_samples(STATES))


def _each(title: str, make: Callable[[], QWidget], width: int = 0) -> Iterator[Sample]:
    return (Sample(title, state, make, width) for state in STATES)


def _buttons() -> Iterator[Sample]:
    def tool(checked: bool = False) -> QWidget:
        button = IconButton("tool", "brush", tr("Brush"), "B")
        button.setCheckable(True)
        button.setChecked(checked)
        return button

    yield from _each("IconButton", tool)
    yield from _each("IconButton checked", lambda: tool(True))
    yield from _each(
        "IconButton small", lambda: IconButton("x", "close", tr("Close"), look="small")
    )
    yield from _each("Button", lambda: Button("plain", tr("Open"), icon="open"))
    yield from _each("Button link", lambda: Button("link", tr("Copy details"), "link"))
    yield from _each("Button quiet", lambda: Button("quiet", tr("Spent: nothing"), "quiet"))


def _choices() -> Iterator[Sample]:
    quality = [Option(one, tr(one.capitalize())) for one in ("auto", "low", "medium", "high")]

    def segmented() -> QWidget:
        made = Segmented("quality", tr("Quality"), quality)
        made.show_value("medium")
        return made

    def combo() -> QWidget:
        made = Combo("model", tr("Model"), [Option("a", "GPT Image 2", tr("until 1 Dec"))])
        made.show_value("a")
        return made

    def number(value: float = 100) -> QWidget:
        made = ScrubNumber("n", tr("Compression"), Span(0, 100, 1, 100, "%"))
        made.show_value(value)
        return made

    def switch(on: bool = True) -> QWidget:
        made = Switch("s", tr("Stream"))
        made.setChecked(on)
        return made

    yield from _each("Segmented", segmented, 200)
    yield from _each("Combo", combo, 200)
    yield from _each("ScrubNumber", number, 120)
    yield from _each("ScrubNumber changed", lambda: number(80), 120)
    yield from _each("Switch on", switch)
    yield from _each("Switch off", lambda: switch(False))


def _words() -> Iterator[Sample]:
    def field() -> QWidget:
        return TextField("user", tr("User"), hint=tr("A stable name"))

    def row() -> QWidget:
        number = ScrubNumber("n", tr("Compression"), Span(0, 100, 1, 100, "%"))
        made = FieldRow("row", tr("Compression"), number)
        fix = tr("Use {size}").format(size=by(1008, 704))
        made.show_trouble(tr("Sides must be multiples of 16"), fix)
        number.show_wrong(True)
        return made

    def section(open_: bool) -> QWidget:
        made = Section("s", tr("Output"), Message("m", tr("What is inside")), open=open_)
        made.show_summary("PNG")
        return made

    yield from _each("TextField", field, 200)
    yield Sample("FieldRow", "error", row, 288)
    yield from _each("Section", lambda: section(False), 320)
    yield Sample("Section", "open", lambda: section(True), 320)
    for tone in ("quiet", "warn", "error", "ok"):
        words = tr("This model stops working on 1 December 2026.")
        yield Sample("Message", tone, lambda w=words, t=tone: Message("m", w, t), 288)
    yield Sample("Chip", "rest", lambda: _Chip(f"{by(6000, 4000)}   33 %"))
    yield Sample("Chip", "icon", lambda: _Chip(tr("0 of 23,412,000 changed"), "lock"))


class _Chip(QWidget):
    """A chip as the canvas draws it."""

    def __init__(self, words: str, icon: str = "") -> None:
        super().__init__()
        self._shown = words, icon

    def sizeHint(self) -> QSize:
        return chip_size(*self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QPoint(0, 0), *self._shown)


def _news() -> Iterator[Sample]:
    done = tr("Exported portrait_edit.png")
    wrong = tr("The provider refused the picture; nothing was charged. Try another prompt.")
    offers = [Offer("show", tr("Show")), Offer("copy", tr("Copy"))]
    yield Sample("Toast", "ok", lambda: Toast("t", done, "ok", offers), 360)
    yield Sample(
        "Toast", "error", lambda: Toast("t", wrong, "error", [Offer("r", tr("Retry"))], tr("x"))
    )
    many = [Offer("look", tr("Look again")), Offer("a", tr("Send again (may be charged twice)"))]
    yield Sample("Toast", "many ways", lambda: Toast("t", wrong, "error", many, tr("Error 400")))
    yield Sample("Toast", "quiet", lambda: Toast("t", tr("CMYK is exported as RGB."), "quiet"), 360)

    def stage() -> QWidget:
        actions = [Option("open", tr("Open")), Option("paste", tr("Paste"))]
        actions.append(Option("sample", tr("Try the sample")))
        made = EmptyState("e", tr("Drop a picture here"), actions, icon="picture")
        made.show_recent(
            tr("Recent"), [Option("1", "portrait.frisket"), Option("2", "shop.frisket")]
        )
        made.setFixedHeight(280)
        return made

    yield Sample("EmptyState", "stage", stage, 480)
    yield Sample("EmptyState", "strip", lambda: EmptyState("e", tr("Results appear here")), 240)


def _tiles() -> Iterator[Sample]:
    refused = tr("The provider refused the picture; nothing was charged.")
    image, dark = picture(), picture(False)
    faces = {
        "picture": Face(Kind.PICTURE, 1, image, words=by(6000, 4000)),
        "original": Face(Kind.ORIGINAL, 0, image),
        "queued": Face(Kind.QUEUED, 1),
        "paused": Face(Kind.PAUSED, 1),
        "limited": Face(Kind.LIMITED, 1, seconds=12),
        "sending": Face(Kind.SENDING, 2, fraction=0.4, total=3_100_000),
        "waiting": Face(Kind.WAITING, 3, seconds=41, typical=50),
        "preview": Face(Kind.WAITING, 3, dark, seconds=41, typical=50),
        "accepted": Face(Kind.ACCEPTED, 3, seconds=18),
        "working": Face(Kind.WORKING, 4, fraction=0.7),
        "left": Face(Kind.LEFT, 4, dark),
        "arriving": Face(Kind.ARRIVING, 4, dark),
        "done": Face(Kind.DONE, 5, dark, price=0.053, seconds=41, leak=0.004),
        "stale": Face(Kind.DONE, 12, dark, seconds=131, stale=True),
        "failed": Face(Kind.REFUSED, 6, words=refused),
        "unknown": Face(Kind.UNKNOWN, 7, words=tr("Sent whole, never answered.")),
        "stopped": Face(Kind.STOPPED, 8),
    }
    for state, face in faces.items():
        yield Sample("Tile", state, lambda face=face: Tile("t", face))
    yield from _each("Tile", lambda: Tile("t", faces["done"]))

    def ringed() -> QWidget:
        made = Tile("t", faces["done"])
        made.set_current(True)
        return made

    yield Sample("Tile", "current", ringed)


def _money() -> Iterator[Sample]:
    spent = Spent(0.84, 12.3, 0.21, date(2026, 11, 28))

    def line() -> QWidget:
        made = SpentLine()
        made.show_spent(spent)
        return made

    def panel() -> QWidget:
        made = SpendingPanel()
        made.show_limits(dear=1.0, cap=20.0, notify=True)
        made.show_spent(spent)
        return made

    yield Sample("SpentLine", "rest", line, 320)
    yield Sample("SpendingPanel", "rest", panel)


def _prompts() -> Iterator[Sample]:
    mask = (Trouble("mask", Sentence("The mask is empty: paint what may change.")),)
    long = tr("A red raincoat with wooden buttons, wet from the rain, the collar turned up. ") * 3
    states = {
        "empty": form("openai", price=0.053),
        "written": form("openai", prompt=tr("A red raincoat"), price=0.212, count=4),
        "unpainted": form("openai", prompt=tr("A red raincoat"), troubles=mask),
        "long": form("openai", prompt=long * 2, price=None, count=2),
        "offline": form("offline"),
        "dear": form("openai", prompt=tr("A red raincoat"), price=1.21, count=4),
        "pleads": form("openai", prompt=tr("A red raincoat"), price=0.21, pleads=True),
    }
    for state, shown in states.items():
        yield Sample("Prompt", state, lambda shown=shown: _prompt(shown), 760)
    yield Sample("Prompt", "running", lambda: _prompt(states["written"], running=True), 760)
    yield Sample("Prompt", "ways", lambda: _prompt(states["unpainted"], WAYS), 760)
    last = (Option("last", "Last mask"),)
    yield Sample("Prompt", "last mask", lambda: _prompt(states["offline"], last), 760)
    yield Sample("Prompt", "question", lambda: _asking(states["dear"]), 760)
    yield Sample("Prompt", "focus", lambda: _prompt(states["written"]), 760)


def _prompt(state: FormState, offers: tuple[Option, ...] = (), *, running: bool = False) -> Prompt:
    made = Prompt()
    made.show_form(state, running=running)
    made.show_offers([Option(offer.value, tr(offer.label)) for offer in offers])
    return made


def _asking(state: FormState) -> Prompt:
    made = _prompt(state, (Option("anyway", "Edit anyway"),))
    made.show_question(tr("This would bring November to $21.40 of $20."))
    return made


WAYS = (Option("clear", "Edit what is transparent"), Option("whole", "Edit the whole picture"))


def _panels() -> Iterator[Sample]:
    size = Trouble(
        "size", Sentence("sides must be multiples of {multiple}", multiple=16), "1008x704"
    )
    wrong = form("openai", settings={"size": "1000x700"}, troubles=(size,), count=6)
    yield Sample("Panel", "first model", lambda: _panel(form("openai")), 320)
    yield Sample("Panel", "all open", lambda: _panel(form("openai"), open_=True), 320)
    yield Sample("Panel", "trouble", lambda: _panel(wrong), 280)
    for model in form("openai").provider.models:
        if model.status == "ending":
            yield Sample("Panel", "ending", lambda id=model.id: _panel(form("openai", id)), 320)
            break
    many = form("openai", "gpt-image-2.6-sunburst")
    yield Sample("Panel", "2.6, wide", lambda: _panel(many, open_=True), 420)
    yield Sample("Panel", "offline", lambda: _panel(form("offline"), open_=True), 320)


def _panel(state: FormState, *, open_: bool = False) -> QWidget:
    made = Panel()
    made.show_form(state)
    if open_:
        unfold(made)
    made.setFixedHeight(760 if open_ else 520)
    return made
