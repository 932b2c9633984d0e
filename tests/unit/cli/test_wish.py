"""The line of an edit: flags come from the table, and what is missing is said at once."""

from pathlib import Path

import pytest

from editor.capability.catalog import load
from editor.cli.wish import read
from editor.edits.request import Frame
from editor.errors import InputProblem

CATALOG = load()


def test_offline_is_usual_and_needs_no_words():
    wish = read(["a.png", "--mask", "m.png", "--out", "o"], CATALOG)
    assert (wish.provider.id, wish.model.id) == ("offline", "quick")
    assert wish.images == (Path("a.png"),)
    assert (wish.mask, wish.out) == (Path("m.png"), Path("o"))
    assert (wish.prompt, wish.settings, wish.count) == ("", {}, 1)
    assert wish.frame is Frame.BALANCED
    assert not wish.as_json


def test_everything_on_one_line():
    line = "a.png b.png --whole --provider openai --model gpt-image-2.6-flare --count 3 --out o"
    line += " --frame tight --json --base-url http://127.0.0.1:9/v1 --complexity low --stream"
    wish = read([*line.split(), "--prompt", "a boat"], CATALOG)
    assert wish.images == (Path("a.png"), Path("b.png"))
    assert wish.mask is None
    assert (wish.provider.id, wish.model.id) == ("openai", "gpt-image-2.6-flare")
    assert wish.provider.base_url == "http://127.0.0.1:9/v1"
    assert wish.settings == {"count": 3, "complexity": "low", "stream": True}
    assert (wish.prompt, wish.count, wish.frame) == ("a boat", 3, Frame.TIGHT)
    assert wish.as_json


def test_what_is_clear_may_be_the_mask_where_the_provider_edits_that():
    line = ["a.png", "--provider", "applerouter", "--prompt", "p", "--out", "o"]
    wish = read(line, CATALOG)
    assert (wish.mask, wish.own_alpha) == (None, True)
    assert not read([*line, "--mask", "m.png"], CATALOG).own_alpha


def test_a_provider_has_a_first_model_and_takes_unknown_ones():
    line = ["a.png", "--whole", "--provider", "openai", "--prompt", "p", "--out", "o"]
    assert read(line, CATALOG).model.id == "gpt-image-2"
    assert read([*line, "--model", "gpt-image-9"], CATALOG).model.status == "unknown"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.png --mask m.png", "the following arguments are required: --out"),
        ("--mask m.png --out o", "the following arguments are required: IMAGE"),
        ("a.png --out o", "say what may change with --mask M.png\n"),
        ("a.png --whole --out o", "say what may change with --mask M.png\n"),
        (
            "a.png --out o --provider openai --prompt p",
            "say what may change with --mask M.png, or --whole to change everything\n",
        ),
        (
            "a.png --whole --out o --provider applerouter --prompt p",
            "say what may change with --mask M.png\n",
        ),
        (
            "a.png --whole --out o --provider openai",
            'say what should be there instead with --prompt "..."',
        ),
        ("a.png --whole --mask m.png --out o", "not allowed with argument --whole"),
        ("a.png --mask m.png --out o --quality low", "unrecognized arguments: --quality low"),
        ("a.png --mask m.png --out o --frame wide", "argument --frame: invalid choice"),
        (
            "a.png --whole --out o --provider openai --prompt p --size 1000x1000",
            "the nearest is 1008x1008",
        ),
        (
            "a.png --whole --out o --provider openai --prompt p --base-url api.example.com/v1",
            "argument --base-url: An address begins with https:// and names a computer.",
        ),
        (
            "a.png --whole --out o --provider openai --prompt p --base-url https://a.example/?x=1",
            "argument --base-url: An address ends before ? and #.",
        ),
        (
            "a.png --whole --out o --provider applerouter --prompt " + "x" * 1001,
            "argument --prompt: longer than 1,000 characters",
        ),
    ],
)
def test_what_does_not_fit_together_is_a_usage_error(line, said, capsys):
    with pytest.raises(SystemExit) as ended:
        read(line.split(), CATALOG)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--provider nobody", "There is no provider nobody"),
        ("--model magic", "This computer has no model magic"),
        ("--provider openai --model=", "OpenAI has no model"),
    ],
)
def test_unknown_names_are_refused_with_those_there_are(line, said):
    with pytest.raises(InputProblem, match=said):
        read(line.split(), CATALOG)


def test_the_help_shows_the_flags_of_the_model(capsys):
    with pytest.raises(SystemExit):
        read(["--provider", "openai", "--model", "gpt-image-2.6-flare", "--help"], CATALOG)
    told = capsys.readouterr().out
    for field in CATALOG.model("openai", "gpt-image-2.6-flare").fields:
        assert "--" + field.name.replace("_", "-") in told
    assert "settings above are those of GPT Image 2.6 Flare" in told


def test_no_field_takes_the_place_of_a_flag_of_the_command():
    own = {"images", "mask", "whole", "provider", "model", "frame", "out", "base_url", "json"}
    for provider in CATALOG.providers:
        for model in provider.models:
            assert not own & {field.name for field in model.fields}
