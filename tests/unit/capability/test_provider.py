"""What a provider and its models answer when they are asked."""

import pytest

from editor.capability.field import Text
from editor.capability.provider import Model, Provider
from editor.errors import InputProblem

PROMPT = Text(name="prompt", label="Prompt")
KNOWN = Model(id="m", label="M", fields=(PROMPT,))


def provider(**more):
    told = {"id": "my-own", "label": "Mine", "engine": "remote", "models": (KNOWN,)}
    return Provider(**{**told, **more})


def test_a_field_by_its_name():
    assert KNOWN.field("prompt") is PROMPT
    assert KNOWN.field("size") is None


def test_the_variable_that_holds_the_key():
    assert provider().key_name == "FRISKET_KEY_MY_OWN"


def test_a_model_by_its_name_or_a_stand_in():
    assert provider().model("m") is KNOWN
    other = provider(unknown=Model(id="unknown", label="", status="unknown"))
    assert other.model("x") == Model(id="x", label="x", status="unknown")
    for place, name in ((provider(), "x"), (other, " ")):
        with pytest.raises(InputProblem, match=r"Mine has no model .*; it has m\."):
            place.model(name)


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("https://a.example/v1", "/images/edits", "https://a.example/v1/images/edits"),
        ("https://a.example/v1/", "/images/edits", "https://a.example/v1/images/edits"),
        ("https://a.example/v1", "/v1/images/edits", "https://a.example/v1/images/edits"),
        ("https://a.example", "/v1/images/edits/", "https://a.example/v1/images/edits/"),
        ("https://a.example/x", "/v1/images/edits", "https://a.example/x/v1/images/edits"),
        ("https://a.example/v1", "/v1beta/edits", "https://a.example/v1/v1beta/edits"),
        ("https://a.example/v2", "/v1/edits", "https://a.example/v2/v1/edits"),
        ("https://a.example", "https://b.example/tasks", "https://b.example/tasks"),
    ],
)
def test_the_address_of_a_path(base, path, address):
    assert provider(base_url=base).url(path) == address
