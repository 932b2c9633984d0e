"""Addresses and headers that cannot be asked or sent are refused when they are read."""

from dataclasses import replace

import pytest

from editor.capability.provider import Model, Provider
from editor.capability.web import check_web
from editor.errors import TableError

FINE = Provider(
    id="p",
    label="P",
    engine="remote",
    models=(Model(id="m", label="M"),),
    dialect="form-edits",
    base_url="https://api.example.com/v1",
    path="/images/edits",
)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"base_url": ""},
        {"base_url": "http://127.0.0.1:8000"},
        {"base_url": "http://[::1]:8000/prefix"},
        {"path": "/openai/deployments/d/images/edits?api-version=1"},
        {"poll": "/tasks/{task}", "check": "/models"},
        {"poll": "https://tasks.example.com/all"},
        {"headers": {"x-team": "design and more", "OpenAI-Organization": "o"}},
        {"engine": "offline", "dialect": "", "path": ""},
    ],
)
def test_what_can_be_asked(changes):
    check_web(replace(FINE, **changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"dialect": ""}, "needs a dialect"),
        ({"base_url": "api.example.com"}, "base_url is no address that begins with http"),
        ({"base_url": "ftp://api.example.com"}, "base_url is no address"),
        ({"base_url": "https://"}, "base_url is no address"),
        ({"base_url": "https://[x"}, "base_url is no address"),
        ({"base_url": "https://me:secret@api.example.com"}, "more than scheme, host and path"),
        ({"base_url": "https://api.example.com?x=1"}, "more than scheme, host and path"),
        ({"base_url": "https://api.example.com#x"}, "more than scheme, host and path"),
        ({"path": "images/edits"}, "path does not begin with a slash"),
        ({"path": ""}, "path does not begin with a slash"),
        ({"poll": "tasks"}, "poll is neither a path nor an address"),
        ({"check": "ftp://x"}, "check is neither a path nor an address"),
        ({"headers": {"Authorization": "Bearer x"}}, "headers: Authorization is the program's own"),
        ({"headers": {"API-Key": "x"}}, "headers: API-Key is the program's own"),
        ({"headers": {"x team": "x"}}, "headers: x team cannot be sent"),
        ({"headers": {"x": ""}}, "headers: x cannot be sent"),
        ({"headers": {"x": "a\nb"}}, "headers: x cannot be sent"),
        ({"headers": {"x": " a"}}, "headers: x cannot be sent"),
        ({"headers": {"x": "ü"}}, "headers: x cannot be sent"),
        ({"at_once": 0}, "at_once is less than 1"),
        ({"per_minute": -1}, "per_minute is less than 0"),
    ],
)
def test_what_cannot_is_refused(changes, said):
    with pytest.raises(TableError, match="contradicts itself at p: ") as told:
        check_web(replace(FINE, **changes))
    assert said in str(told.value)
    assert "secret" not in str(told.value)
