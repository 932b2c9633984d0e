"""A form survives a project; what is none is left out."""

from __future__ import annotations

import json
from dataclasses import replace

from editor.capability.catalog import load
from editor.imaging.geometry import Rect
from editor.session.form import Form


def openai() -> Form:
    form = Form(load())
    form.set_model("openai", "gpt-image-2")
    return form


def test_values_survive_a_project() -> None:
    form = openai()
    form.set_prompt("a red kite")
    form.set_value("quality", "high")
    form.set_count(3)
    form.set_frame("tight")
    other = Form(load())
    other.restore(form.state.kept())
    assert replace(other.state, catalog=form.state.catalog) == form.state


def test_damaged_values_are_left_out() -> None:
    form = Form(load())
    form.restore({"provider": "nobody", "count": 7, "settings": [], "preset": 3, "frame": "x"})
    assert form.state.offline
    assert (form.state.count, form.state.preset, form.state.frame) == (7, "", "balanced")


def test_drawn_windows_are_kept_and_what_is_none_is_left_out() -> None:
    form, window = openai(), Rect(-4, 20, 1034, 660)
    form.turn_to("one")
    form.set_window(window)
    values = form.state.kept()
    again = openai()
    again.restore(json.loads(json.dumps(values)))
    again.turn_to("one")
    assert again.state.window == window
    for odd in (None, 3, {"one": [1, 2, 3]}, {"one": [9, 9, 9, 9]}, {"one": [0, 0, "5", 5]}):
        again.restore({"windows": odd})
        assert again.state.windows == {}


def test_further_models_survive_a_project_as_far_as_they_are_offered() -> None:
    form = openai()
    form.set_also(("openai", "gpt-image-1.5"), on=True)
    values = form.state.kept()
    values["also"].extend([["nobody", "x"], [], "x"])
    other = Form(load())
    other.restore(values)
    assert other.state.also == (("openai", "gpt-image-1.5"),)
    other.restore({**values, "also": 7})
    assert other.state.also == ()
