"""Values out of a file are what the classes of the table ask for."""

from datetime import date

import pytest

from editor.capability.field import Flag, Text, Whole
from editor.capability.provider import Model, Provider
from editor.capability.rates import Flat, Steps
from editor.capability.shape import misfit
from editor.capability.table import _Written


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        (Provider, "label", "OpenAI"),
        (Provider, "auth", "api-key"),
        (Provider, "headers", {"x-team": "design"}),
        (Provider, "at_once", 4),
        (Provider, "stream", False),
        (Provider, "unknown", None),
        (Model, "until", date(2026, 12, 1)),
        (Model, "fields", [Text(name="prompt", label="Prompt")]),
        (Model, "presets", {"draft": {"quality": "low", "stream": True}}),
        (Flat, "picture", 1),
        (Flat, "picture", 0.5),
        (Whole, "only_with", {"stream": [True], "format": ("a", 1.5)}),
        (Flag, "default", True),
        (Steps, "shapes", {"low": [1, 2, 3]}),
        (_Written, "limits", {"anything": object()}),
    ],
)
def test_what_fits(kind, key, value):
    assert misfit(kind, key, value) == ""


@pytest.mark.parametrize(
    ("kind", "key", "value", "said"),
    [
        (Provider, "label", 3, "label is not text in quotes"),
        (Provider, "auth", "cookie", "auth is not one of bearer, api-key, key, none"),
        (Provider, "auth", [], "auth is not one of bearer, api-key, key, none"),
        (Provider, "dialect", "morse", "dialect is not one of form-edits, json-edits, acedata, aa"),
        (Provider, "headers", {"x": 1}, "headers is not what belongs there"),
        (Provider, "headers", "x: 1", "headers is not what belongs there"),
        (Provider, "at_once", "4", "at_once is not a whole number"),
        (Provider, "at_once", True, "at_once is not a whole number"),
        (Provider, "at_once", 4.0, "at_once is not a whole number"),
        (Provider, "stream", "no", "stream is not true or false"),
        (Model, "until", "soon", "until is not what belongs there"),
        (Model, "fields", ["prompt"], "fields is not what belongs there"),
        (Model, "fields", "prompt", "fields is not what belongs there"),
        (Flat, "picture", True, "picture is not a number"),
        (Flat, "picture", "1", "picture is not a number"),
        (Steps, "shapes", {"low": [1, 2]}, "shapes is not what belongs there"),
        (Steps, "shapes", {"low": [1, 2, "3"]}, "shapes is not what belongs there"),
    ],
)
def test_what_does_not_fit_is_told(kind, key, value, said):
    assert misfit(kind, key, value) == said
