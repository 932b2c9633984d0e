"""Fields as flags: what is typed becomes a setting, or one clear usage error."""

from argparse import ArgumentParser

import pytest

from editor.capability.field import Choice, Extent, Flag, Number, Text, Whole
from editor.capability.flags import add_flags, flag, settings_from
from editor.capability.limits import Free
from editor.capability.provider import Model

FREE = Free(multiple=16, longest=3840, ratio=3.0, least=655_360, most=8_294_400)
MODEL = Model(
    id="m",
    label="M",
    fields=(
        Choice(name="output_format", label="Format", choices=("png", "jpeg"), default="png"),
        Whole(
            name="compression",
            label="Compression",
            help="100 % is best.",
            minimum=0,
            maximum=100,
            default=100,
        ),
        Number(name="strength", label="Strength", minimum=0.0, maximum=1.0, default=0.5),
        Flag(name="stream", label="Stream", default=False),
        Flag(name="tidy", label="Tidy", default=True),
        Text(name="user", label="User", longest=5),
        Extent(name="size", label="Size", rule=FREE),
        Flag(name="markup", label="Markup", default=False, off="Not with a mask."),
    ),
)


@pytest.fixture
def parser():
    parser = ArgumentParser(prog="frisket", allow_abbrev=False)
    add_flags(parser, MODEL.fields)
    return parser


def test_nothing_typed_is_nothing_set(parser):
    assert settings_from(parser.parse_args([]), MODEL) == {}


def test_every_kind_is_read(parser):
    words = "--output-format jpeg --compression 80 --strength 0.25 --stream --no-tidy --user me"
    namespace = parser.parse_args([*words.split(), "--size", "1536x1024"])
    assert settings_from(namespace, MODEL) == {
        "output_format": "jpeg",
        "compression": 80,
        "strength": 0.25,
        "stream": True,
        "tidy": False,
        "user": "me",
        "size": "1536x1024",
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--output-format gif", "argument --output-format: gif: not one of png, jpeg"),
        ("--compression 101", "argument --compression: 101: not within 0 to 100"),
        ("--compression half", "argument --compression: half: not a whole number"),
        ("--strength x", "argument --strength: x: not a number"),
        ("--user someone", "argument --user: someone: longer than 5 characters"),
        ("--size big", "argument --size: big: write auto, or a size such as 1024x1024"),
        (
            "--size 1000x1000",
            "--size: 1000x1000: sides must be multiples of 16; the nearest is 1008x1008",
        ),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(parser, capsys, words, said):
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(words.split())
    assert ended.value.code == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_the_help_tells_values_defaults_and_what_is_off(parser):
    told = " ".join(parser.format_help().split())
    assert "--output-format png|jpeg Format Usually png." in told
    assert "--compression 0..100 100 % is best. Usually 100." in told
    assert "--stream, --no-stream Stream Usually off." in told
    assert "--tidy, --no-tidy Tidy Usually on." in told
    assert "--user TEXT User" in told
    assert "--size WxH Size Usually auto." in told
    assert "Markup Off: Not with a mask." in told


def test_flags_have_dashes():
    assert flag(MODEL.fields[0]) == "--output-format"


def test_the_help_tells_why_a_flag_is_left_alone():
    parser = ArgumentParser(prog="x", allow_abbrev=False)
    add_flags(parser, [Flag(name="odd", label="Odd", default=False, doubt="Some refuse it.")])
    assert "Odd Left alone unless you name it: Some refuse it." in " ".join(
        parser.format_help().split()
    )
