"""Forms: what a panel shows of each model, as a session would tell it."""

from __future__ import annotations

from dataclasses import replace

from editor.capability.catalog import load
from editor.session.form_state import FormState

CATALOG = load()


def form(provider: str = "openai", model: str = "", **changes: object) -> FormState:
    """A form to show, of the provider's first model where none is named.

    changes: fields of FormState.
    """
    found = CATALOG.provider(provider)
    chosen = found.model(model) if model else found.models[0]
    state = FormState(CATALOG, found, chosen, pictures=1)
    return replace(state, **changes)  # type: ignore[arg-type]  # named by field
