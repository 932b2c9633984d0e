"""The table as it is printed: everything that is in it, nothing that is not."""

import json

import pytest

from editor.capability.catalog import load
from editor.cli.command import main
from editor.cli.models import run
from editor.errors import InputProblem
from editor.preferences.places import profiles_folder
from editor.preferences.secrets import Secret, keep_key
from tests.fakes import keyrings


def test_people_read_every_model_its_price_and_what_is_off(capsys):
    assert run([]) == 0
    told = capsys.readouterr().out
    for provider in load().providers:
        assert f"\n{provider.id}: {provider.label}" in f"\n{told}"
        for model in provider.models:
            assert f"  {model.id}: {model.label}" in told
    assert "no network and no key" in told
    assert "no key yet, it may be in FRISKET_KEY_OPENAI" in told
    assert "sizes: any" in told
    assert "sizes: 1024x1024, 1536x1024, 1024x1536" in told
    assert "multiples of 16 up to 3840, 655,360 to 8,294,400 pixels, at most 3:1" in told
    assert "until 2026-12-01" in told
    assert "price: none" in told
    assert "price: about $0.014 draft, $0.225 final" in told
    assert "complexity: off. Only the 2.6 models know it." in told


def test_programs_get_one_object_for_each_model(capsys):
    assert run(["--json", "--provider", "openai"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    models = load().provider("openai").models
    assert [each["model"] for each in told] == [model.id for model in models]
    for record, model in zip(told, models, strict=True):
        assert [field["name"] for field in record["fields"]] == [f.name for f in model.fields]
        assert {field["kind"] for field in record["fields"]} <= {
            "choice", "whole", "number", "flag", "text", "extent",
        }  # fmt: skip
        assert record["price"]["draft"] < record["price"]["final"]
        assert record["price"]["doubt"] == model.prices.doubt
        assert record["until"] == (model.until and model.until.isoformat())
        assert record["limits"]["pictures"] == 16


def test_a_price_that_nobody_knows_is_said(monkeypatch, capsys):
    catalog = load()
    model = catalog.model("openai", "made-up")
    openai = catalog.provider("openai")
    from dataclasses import replace

    from editor.capability.catalog import Catalog

    made = Catalog((replace(openai, models=(model,)),))
    monkeypatch.setattr("editor.cli.models.table", lambda: made)
    assert run([]) == 0
    assert "price: unknown" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["environment", "keyring", "none"])
def test_where_a_key_is_is_told_and_never_what_it_is(where, capsys, monkeypatch):
    keyrings.use(monkeypatch, keyrings.Memory())
    if where == "environment":
        monkeypatch.setenv("FRISKET_KEY_OPENAI", "sk-canary")
    elif where == "keyring":
        keep_key("openai", Secret("sk-canary"))
    assert run(["--provider", "openai"]) == 0
    assert run(["--provider", "openai", "--json"]) == 0
    told = capsys.readouterr().out
    assert f'"key": "{where}"' in told
    assert where == "none" or f", key: {where}\n" in told
    assert "canary" not in told


def test_a_key_that_cannot_be_sent_is_none_and_this_computer_needs_none(capsys, monkeypatch):
    monkeypatch.setenv("FRISKET_KEY_OPENAI", "sk “quoted”")
    assert run(["--json"]) == 0
    keys = {line["provider"]: line["key"] for line in map(json.loads, _lines(capsys))}
    assert (keys["openai"], keys["offline"]) == ("none", "unneeded")


def _lines(capsys):
    return capsys.readouterr().out.splitlines()


def test_a_broken_profile_of_ones_own_is_told(capsys):
    (profiles_folder() / "mine.toml").write_text('label = "Mine"\nengine = "remote"\n')
    assert run(["--json"]) == 0
    told = capsys.readouterr()
    assert told.err == "The profile mine is left out: a provider needs a model.\n"
    assert all(json.loads(line)["provider"] != "mine" for line in told.out.splitlines())


@pytest.mark.parametrize("command", ["models", "edit"])
def test_a_broken_profile_that_is_asked_for_is_told_once(capsys, command):
    (profiles_folder() / "mine.toml").write_text('label = "Mine"\nengine = "remote"\n')
    assert main([command, "--provider", "mine"]) == InputProblem.exit_code
    told = capsys.readouterr()
    assert told.err == "frisket: The profile mine is left out: a provider needs a model.\n"
    assert told.out == ""
