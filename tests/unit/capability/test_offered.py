"""A provider is asked where the environment or the person says."""

from __future__ import annotations

from editor.capability.catalog import load
from editor.capability.offered import offered

OWN = "https://gateway.example/v1"


def test_an_address_of_the_persons_takes_the_place_of_the_providers_own() -> None:
    catalog = load()
    found = offered(catalog, {"openai": OWN + "/"}, {})
    assert found.provider("openai").base_url == OWN
    others = [each for each in found.providers if each.id != "openai"]
    assert others == [each for each in catalog.providers if each.id != "openai"]
    assert found.broken is catalog.broken


def test_the_environment_wins() -> None:
    environ = {"FRISKET_URL_OPENAI": "http://127.0.0.1:9/v1"}
    found = offered(load(), {"openai": OWN}, environ)
    assert found.provider("openai").base_url == "http://127.0.0.1:9/v1"


def test_without_any_it_is_the_table() -> None:
    assert offered(load(), environ={}) == load()
