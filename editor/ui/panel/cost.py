"""What the send button says: how many, at what price, and why it cannot be pressed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from editor.session.form import FormState
from editor.ui.language import label, money, sentence


@dataclass(frozen=True, slots=True)
class Offer:
    """The button in words. price: "" where nothing is charged; spoken: one whole sentence."""

    words: str
    price: str
    spoken: str


def offer(state: FormState) -> Offer:
    """What pressing the button would do and cost."""
    if state.offline:
        return Offer(_tr("Remove"), "", _tr("Remove what is painted, on this computer"))
    price = _tr("unknown price")
    if state.price is not None:
        price = _tr("about {price}").format(price=money(state.price))
    if state.variants == 1:
        return Offer(_tr("Edit"), price, _tr("Edit, {price}").format(price=price))
    words = _tr("Edit ×{count}").format(count=state.variants)
    spoken = _tr("Edit ×{count}, {price}").format(count=state.variants, price=price)
    return Offer(words, price, spoken)


def reason(state: FormState) -> str:
    """Why it cannot be sent, in one sentence; "" when it can."""
    if not state.pictures:
        return _tr("Open a picture first.")
    for trouble in state.troubles:
        field = state.model.field(trouble.field)
        if field is None or trouble.field == "prompt":
            return sentence(trouble.sentence)
        words = _tr("{field}: {reason}")
        return words.format(field=label(field.label), reason=sentence(trouble.sentence))
    return ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Cost", words)
