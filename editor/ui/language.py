"""Words of the core in the person's language: sentences with places, labels of the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtGui import QGuiApplication

from editor.errors import Counted

_SIZE = "{width} × {height}"
"""The places of a size in sentences of the core."""

SENTENCES = "Sentences"
TABLE = "Capabilities"

_SPELLED = {
    "png": "PNG",
    "json": "JSON",
    "jpeg": "JPEG",
    "webp": "WebP",
    "xhigh": "Extra high",
    "max": "Maximum",
    "b64_json": "Picture",
    "url": "Link",
}
"""Values of the table whose word for people is not their own name."""


class Told(Protocol):
    """A Problem, a Sentence or a Trouble: English with {named} places, and what fills them."""

    @property
    def template(self) -> str: ...

    @property
    def values(self) -> Mapping[str, object]: ...


class Sent(Protocol):
    """What a request carries, and to whom."""

    @property
    def pictures(self) -> int: ...

    @property
    def masked(self) -> int: ...

    @property
    def size(self) -> int: ...

    @property
    def host(self) -> str: ...

    @property
    def count(self) -> int: ...


def sentence(told: Told) -> str:
    """The sentence in the person's language; its values are inserted after the look-up.

    A value called label is a word of the table and is looked up as one, and so is each of what
    is counted up. A size keeps its order.
    """
    values = {name: _spoken(name, value) for name, value in told.values.items()}
    words = QCoreApplication.translate(SENTENCES, told.template)
    return words.replace(_SIZE, unmirrored(_SIZE)).format(**values)


def _spoken(name: str, value: object) -> object:
    if isinstance(value, Counted):
        return ", ".join(map(sentence, value))
    return label(value) if name == "label" and isinstance(value, str) else value


def note(template: str) -> str:
    """A sentence of the core that has no places, in the person's language."""
    return QCoreApplication.translate(SENTENCES, template)


def label(text: str) -> str:
    """A label, a help text or a reason of the capability table in the person's language."""
    return QCoreApplication.translate(TABLE, text) if text else ""


def word(value: str) -> str:
    """A value of a choice in the person's language."""
    return label(_SPELLED.get(value, value.replace("_", " ").capitalize()))


def capital(words: str) -> str:
    """The same words as the beginning of a line."""
    return words[:1].upper() + words[1:]


def by(width: int, height: int) -> str:
    """A size in pixels, width first: "1024 × 640"."""
    return unmirrored(_SIZE.format(width=width, height=height))


def bound(details: str) -> str:
    """Foreign words whose dots begin a line where two parts do not share one, and end none."""
    return details.replace(" · ", " ·\u00a0")


def unmirrored(words: str) -> str:
    """Words that keep their order where the others run from right to left."""
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return f"{_ISOLATED}{words}{_END}" if mirrored else words


_ISOLATED, _END = "\u2066", "\u2069"
"""Around what is read from left to right within anything; they are not seen."""


def money(dollars: float) -> str:
    """A price in US dollars: cents, or tenths of a cent below ten cents."""
    return f"${dollars:.2f}" if dollars == 0 or dollars >= 0.1 else f"${dollars:.3f}"


def megabytes(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 100_000:
        return QCoreApplication.translate("Units", "{size} kB").format(size=f"{size / 1e3:.1f}")
    return QCoreApplication.translate("Units", "{size} MB").format(size=f"{size / 1e6:.1f}")


def amount(sent: Sent) -> str:
    """How much goes where: "2 pictures, 3.1 MB to api.example.com"."""
    one = sent.pictures == 1
    if sent.masked:
        words = _amount("1 picture and a mask, {size} to {host}")
        words = words if one else _amount("{pictures} pictures and a mask, {size} to {host}")
    else:
        words = _amount("1 picture, {size} to {host}")
        words = words if one else _amount("{pictures} pictures, {size} to {host}")
    told = words.format(pictures=sent.pictures, size=megabytes(sent.size), host=sent.host)
    if sent.count == 1:
        return told
    return _amount("{count} times: {told}").format(count=sent.count, told=told)


def _amount(words: str) -> str:
    return QCoreApplication.translate("Amount", words)


def duration(seconds: float) -> str:
    """Whole seconds, from 100 on as minutes and seconds."""
    whole = round(seconds)
    if whole < 100:
        return QCoreApplication.translate("Units", "{seconds} s").format(seconds=whole)
    minutes, rest = divmod(whole, 60)
    words = QCoreApplication.translate("Units", "{minutes} min {seconds:02} s")
    return words.format(minutes=minutes, seconds=rest)


def brief(seconds: float) -> str:
    """How long something took: as a duration, but the first second in tenths."""
    if seconds >= 0.95:
        return duration(seconds)
    words = QCoreApplication.translate("Units", "{seconds} s")
    return words.format(seconds=f"{max(seconds, 0.1):.1f}")


def grouped(number: int) -> str:
    """A number with its groups told apart; the C locale, which has none, counts as English."""
    here = QLocale()
    if here.language() is QLocale.Language.C:
        here = QLocale(QLocale.Language.English)
    return here.toString(number)
