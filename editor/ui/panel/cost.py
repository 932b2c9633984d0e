"""What the send button says: how many, at what price, and why it cannot be pressed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from editor.session.form_state import FormState
from editor.ui.language import label, money, sentence


@dataclass(frozen=True, slots=True)
class Offer:
    """The button in words. price: "" where nothing is charged; spoken: one whole sentence.

    dear: why its price is amber, "" where it is not.
    """

    words: str
    price: str
    spoken: str
    dear: str = ""


def offer(state: FormState, limit: float) -> Offer:
    """What pressing the button would do and cost. limit: USD above which it is dear."""
    if state.offline:
        return Offer(_tr("Remove"), "", _tr("Remove what is painted, on this computer"))
    price = _tr("unknown price")
    if state.price is not None:
        price = _tr("about {price}").format(price=money(state.price))
    dear = ""
    if state.price is not None and state.price > limit:
        dear = _tr("More than your limit of {limit} for a round").format(limit=money(limit))
    words, spoken = _tr("Edit"), _tr("Edit, {price}").format(price=price)
    if state.variants > 1:
        words = _tr("Edit ×{count}").format(count=state.variants)
        spoken = _tr("Edit ×{count}, {price}").format(count=state.variants, price=price)
    return Offer(words, price, spoken, dear)


def reason(state: FormState) -> str:
    """Why it cannot be sent, in one sentence; "" when it can.

    Once there are words, what is wrong comes before a mask, which may still be painted.
    """
    if not state.pictures:
        return _tr("Open a picture first.")
    written = bool(state.prompt.strip())
    for trouble in sorted(state.troubles, key=lambda one: written and one.field == "mask"):
        if trouble.field == "mask" and state.covers:
            continue  # pressing makes one, and shows it before anything is sent
        field = state.model.field(trouble.field)
        if field is None or trouble.field == "prompt":
            return sentence(trouble.sentence)
        words = _tr("{field}: {reason}")
        return words.format(field=label(field.label), reason=sentence(trouble.sentence))
    return ""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Cost", words)
