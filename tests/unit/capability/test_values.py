"""Which values hold, which are sent, and under which name."""

from editor.capability.field import Choice, Flag, Text, Whole
from editor.capability.provider import Model
from editor.capability.values import effective, on_the_wire, why_off

FORMAT = Choice(name="format", label="Format", choices=("png", "jpeg"), default="png")
PERCENT = Whole(
    name="percent",
    label="Compression",
    wire="output_compression",
    minimum=0,
    maximum=100,
    default=100,
    only_with={"format": ("jpeg", "webp")},
)
MARKUP = Flag(name="markup", label="Markup", default=False, off="Not with a mask.")
NOTE = Text(name="note", label="Note", only_with={"drawn": (True,)})
PLAIN = Text(name="plain", label="Plain", only_with={"drawn": (False,)})
DRAWN = Flag(name="drawn", label="Drawn", default=False)
ORPHAN = Text(name="orphan", label="Orphan", only_with={"nobody": ("x",)})
MODEL = Model(id="m", label="M", fields=(FORMAT, PERCENT, MARKUP, ORPHAN))


def test_settings_win_and_foreign_ones_are_left_out():
    assert effective(MODEL, {}) == {
        "format": "png",
        "percent": 100,
        "markup": False,
        "orphan": "",
    }
    values = effective(MODEL, {"percent": 50, "quality": "low"})
    assert values == {"format": "png", "percent": 50, "markup": False, "orphan": ""}


def test_a_field_that_is_off_says_why():
    assert why_off(MARKUP, MODEL, {}) == "Not with a mask."
    assert why_off(FORMAT, MODEL, {}) == ""


def test_yes_and_no_are_told_as_a_switch_shows_them():
    model = Model(id="m", label="M", fields=(DRAWN, NOTE, PLAIN))
    assert why_off(NOTE, model, {}) == "Only with Drawn: on."
    assert why_off(PLAIN, model, {"drawn": True}) == "Only with Drawn: off."


def test_a_field_waits_for_the_one_it_depends_on():
    assert why_off(PERCENT, MODEL, {}) == "Only with Format: jpeg or webp."
    assert why_off(PERCENT, MODEL, {"format": "jpeg"}) == ""
    assert why_off(ORPHAN, MODEL, {}) == ""


def test_only_what_is_in_force_and_not_usual_is_sent():
    assert on_the_wire(MODEL, {}) == {}
    assert on_the_wire(MODEL, {"percent": 50, "markup": True}) == {}
    sent = on_the_wire(MODEL, {"percent": 50, "format": "jpeg", "orphan": "o"})
    assert sent == {"format": "jpeg", "output_compression": 50, "orphan": "o"}
