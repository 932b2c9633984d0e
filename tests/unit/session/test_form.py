"""The form keeps what the person chose, per model, and lets a preset go when it is changed."""

from dataclasses import replace

from editor.capability.catalog import load
from editor.edits.prompt import PLEA
from editor.imaging.geometry import Rect
from editor.session.form import Form
from editor.session.form_state import FormState

CATALOG = load()


def openai() -> Form:
    form = Form(load())
    form.set_model("openai", "gpt-image-2")
    return form


def test_it_starts_offline_and_as_a_draft() -> None:
    form = Form(load())
    assert form.state.offline
    assert form.state.preset == "draft"


def test_each_change_is_one_signal_and_no_change_is_none() -> None:
    form = Form(load())
    heard: list[FormState] = []
    form.changed.connect(heard.append)
    form.set_prompt("a red kite")
    form.set_prompt("a red kite")
    assert [state.prompt for state in heard] == ["a red kite"]


def test_the_prompt_stays_when_the_model_changes() -> None:
    form = Form(load())
    form.set_prompt("a red kite")
    form.set_provider("openai")
    assert form.state.prompt == "a red kite"


def test_settings_come_back_with_their_model() -> None:
    form = openai()
    form.set_value("quality", "high")
    form.set_model("offline", "quick")
    form.set_provider("openai")
    assert form.state.model.id == "gpt-image-2"
    assert form.state.settings["quality"] == "high"


def test_changing_a_preset_field_by_hand_leaves_the_preset() -> None:
    form = openai()
    assert form.state.preset == "draft"
    form.set_value("quality", "high")
    assert form.state.preset == ""
    form.set_preset("final")
    assert form.state.preset == "final"


def test_a_value_at_its_default_is_not_kept() -> None:
    form = openai()
    field = form.state.model.field("output_format")
    assert field is not None
    form.set_value("output_format", "webp")
    assert form.state.settings["output_format"] == "webp"
    form.set_value("output_format", field.default)
    assert "output_format" not in form.state.settings


def test_count_stays_within_bounds() -> None:
    form = Form(load())
    form.set_count(99)
    assert form.state.count == 10
    form.set_count(0)
    assert form.state.count == 1


def test_a_drawn_window_belongs_to_its_picture_until_a_frame_is_chosen() -> None:
    form, window = openai(), Rect(10, 20, 1034, 660)
    form.turn_to("one")
    form.set_window(window)
    assert form.state.window == window
    form.turn_to("two")
    assert form.state.window is None
    form.set_frame("tight")
    form.turn_to("one")
    assert form.state.window == window
    form.set_frame("whole")
    assert form.state.window is None
    form.set_window(window)
    form.set_window(None)
    assert (form.state.window, form.state.frame) == (None, "whole")


def test_further_models_are_asked_until_they_are_left_out_or_chosen() -> None:
    form = openai()
    mini, older = ("openai", "gpt-image-1-mini"), ("openai", "gpt-image-1.5")
    for asked in (mini, older, mini):
        form.set_also(asked, on=True)
    assert form.state.also == (older, mini)
    form.set_count(2)
    assert form.state.variants == 6
    form.set_also(("openai", form.state.model.id), on=True)
    form.set_also(mini, on=False)
    assert form.state.also == (older,)
    form.set_model(*older)
    assert (form.state.also, form.state.variants) == ((), 2)
    form.set_also(mini, on=True)
    form.set_provider("offline")
    assert form.state.variants == 1


def test_a_project_that_stays_here_offers_what_works_here() -> None:
    form = openai()
    form.set_also(("openai", "gpt-image-1.5"), on=True)
    assert len(form.state.offered) > 1
    form.set_local(on=True)
    assert form.state.offline
    assert form.state.also == ()
    assert [one.id for one in form.state.offered] == ["offline"]
    form.set_model("openai", "gpt-image-2")
    form.set_also(("openai", "gpt-image-2"), on=True)
    assert form.state.offline
    assert form.state.also == ()
    values = form.state.kept()
    form.set_local(on=False)
    assert (form.state.provider.id, form.state.model.id) == ("openai", "gpt-image-2")
    assert form.state.also == (("openai", "gpt-image-1.5"),)
    reopened = Form(CATALOG)
    reopened.restore(values)
    assert reopened.state.offline
    reopened.set_local(on=True)
    reopened.set_local(on=False)
    assert (reopened.state.provider.id, reopened.state.model.id) == ("openai", "gpt-image-2")
    reopened.restore({**values, "left": [["gone", "model"], 7]})
    reopened.set_local(on=False)
    assert reopened.state.offline
    again = openai()
    again.restore({**values, "provider": "openai"})
    assert again.state.local
    assert again.state.offline


def test_another_table_leaves_what_is_still_in_it() -> None:
    form = Form(CATALOG)
    form.set_model("openai", "gpt-image-2")
    form.set_prompt("a hat")
    form.set_value("quality", "high")
    form.set_also(("openai", "gpt-image-1.5"), on=True)
    openai = CATALOG.provider("openai")
    moved = replace(openai, base_url="https://gateway.example/v1")
    others = tuple(one for one in CATALOG.providers if one.id != "openai")
    form.set_catalog(replace(CATALOG, providers=(*others, moved)))
    state = form.state
    assert state.provider is moved
    assert (state.model.id, state.prompt, state.settings["quality"]) == (
        "gpt-image-2", "a hat", "high",
    )  # fmt: skip
    assert state.also == (("openai", "gpt-image-1.5"),)
    form.set_catalog(replace(CATALOG, providers=others))
    assert form.state.provider is others[0]
    assert (form.state.prompt, form.state.also, form.state.preset) == ("a hat", (), "draft")


def test_a_model_that_only_its_stand_in_knows_stays() -> None:
    form = Form(CATALOG)
    form.set_model("openai", "my-model")
    form.set_catalog(CATALOG)
    assert form.state.model.id == "my-model"
    bare = replace(CATALOG.provider("openai"), unknown=None)
    form.set_catalog(replace(CATALOG, providers=(CATALOG.providers[0], bare)))
    assert form.state.model is bare.models[0]


def test_the_sentence_that_keeps_the_rest_is_the_persons_own_and_kept() -> None:
    form = openai()
    assert form.state.plea == ""
    form.set_plea(on=True)
    assert form.state.plea == PLEA
    form.set_plea_words("Keep her face.")
    assert form.state.plea == "Keep her face."
    again = openai()
    again.restore(form.state.kept())
    assert again.state.plea == "Keep her face."
    again.set_plea_words("  ")
    assert again.state.plea == PLEA
    again.restore({**form.state.kept(), "plea_words": 7, "pleads": 1})
    assert (again.state.pleads, again.state.plea) == (False, "")
    form.set_provider("offline")
    assert form.state.plea == ""
