"""Profiles of one's own come after the table's, and a broken one keeps nothing from starting."""

from dataclasses import replace

import pytest

from editor.capability.catalog import load
from editor.errors import InputProblem
from editor.preferences.places import profiles_folder

SHIPPED = load()
OWN = """
label = "My gateway"
engine = "remote"
dialect = "form-edits"
base_url = "http://127.0.0.1:8000"
path = "/v1/images/edits"
auth = "api-key"
headers = { "x-team" = "design" }
[[models]]
id = "m"
label = "M"
fields = ["prompt", "count"]
presets = { draft = {}, final = {} }
"""


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path))
    return profiles_folder()


def test_a_provider_takes_the_place_of_the_one_of_its_name():
    moved = replace(SHIPPED.provider("openai"), base_url="https://here.example")
    having = SHIPPED.having(moved)
    assert having.provider("openai") is moved
    assert having.having(SHIPPED.provider("openai")) == SHIPPED
    assert SHIPPED.having(replace(moved, id="nobody")) == SHIPPED


def test_profiles_of_ones_own_come_last(own):
    (own / "gateway.toml").write_text(OWN)
    found = load()
    assert found.providers[:-1] == SHIPPED.providers
    gateway = found.provider("gateway")
    assert (gateway.custom, gateway.auth, gateway.headers) == (
        True,
        "api-key",
        {"x-team": "design"},
    )
    assert gateway.key_name == "FRISKET_KEY_GATEWAY"
    assert found.broken == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("gateway", b"label = ", "gateway.toml: Invalid value"),
        ("gateway", b"\xff\xfe", "gateway.toml: 'utf-8' codec"),
        ("gateway", b'label = "G"\nengine = "remote"', "gateway: a provider needs a model"),
        ("openai", OWN.encode(), "openai/openai: the provider is there twice"),
        ("My gateway", OWN.encode(), "small letters, digits and hyphens"),
    ],
)
def test_a_broken_profile_is_left_out_and_told(own, name, text, said):
    (own / f"{name}.toml").write_bytes(text)
    (own / "z.toml").write_text(OWN)
    found = load()
    assert [each.id for each in found.providers if each.custom] == ["z"]
    (problem,) = found.broken
    assert said in str(problem)
    (told,) = found.left_out()
    assert str(told).startswith(f"The profile {problem.values['place']} is left out: ")
    if name == "gateway":
        with pytest.raises(InputProblem, match="The profile gateway"):
            found.provider("gateway")
    with pytest.raises(InputProblem, match="There is no provider nobody; there are"):
        found.provider("nobody")


def test_a_profile_that_is_a_folder_is_told(own):
    (own / "odd.toml").mkdir()
    (problem,) = load().broken
    assert "odd.toml: " in str(problem)


def test_without_a_data_folder_there_are_the_shipped_ones(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("FRISKET_HOME", str(tmp_path / "file"))
    assert load() == SHIPPED
