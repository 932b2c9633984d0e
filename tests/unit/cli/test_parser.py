"""All commands read their line in the same way."""

import pytest

from editor.cli.parser import add_base_url, add_json, new, spare


def test_a_parser_knows_its_command_and_takes_no_abbreviations(capsys):
    parser = new("mask", "About masks.", "More about masks.")
    add_json(parser)
    parser.add_argument("--output")
    assert parser.parse_args(["--json"]).json
    told = parser.format_help()
    assert told.startswith("usage: frisket mask")
    assert "About masks." in told
    assert told.endswith("More about masks.\n")
    with pytest.raises(SystemExit):
        parser.parse_args(["--out", "x"])
    assert "unrecognized arguments: --out x" in capsys.readouterr().err


@pytest.mark.parametrize("written", ["https://a.example/v1", "http://rack:8000", ""])
def test_another_address_is_taken_without_its_last_slash(written):
    parser = new("edit", "About edits.")
    add_base_url(parser)
    assert parser.parse_args(["--base-url", f" {written}/ ".replace(" / ", "")]).base_url == written
    assert parser.parse_args([]).base_url is None


@pytest.mark.parametrize("written", ["a.example", "https://me:word@a.example", "https://[::1"])
def test_what_is_no_address_is_refused_without_repeating_it(written, capsys):
    parser = new("edit", "About edits.")
    add_base_url(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(["--base-url", written])
    told = capsys.readouterr().err
    assert "argument --base-url: " in told
    assert written not in told


def test_a_source_is_spared(tmp_path, capsys):
    parser = new("mask", "About masks.")
    source, other = tmp_path / "a.png", tmp_path / "b.png"
    spare(parser, source, source)
    source.write_bytes(b"a")
    spare(parser, other, source)
    other.write_bytes(b"b")
    spare(parser, other, source)
    for read in ([source], [other, source]):
        with pytest.raises(SystemExit):
            spare(parser, tmp_path / "." / "a.png", *read)
        assert f"{source} is read, and would be written over" in capsys.readouterr().err
