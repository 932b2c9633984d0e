"""Keys come from the environment and show themselves nowhere."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest

from editor.errors import InputProblem
from editor.preferences.secrets import LONGEST_KEY, Secret, checked_key, key_for, key_name

CANARY = "sk-canary-5f1d"


def test_a_key_comes_from_its_variable() -> None:
    found = key_for("open-ai", {"FRISKET_KEY_OPEN_AI": CANARY})
    assert found is not None
    assert found.reveal() == CANARY
    assert key_for("other", {"FRISKET_KEY_OPEN_AI": CANARY}) is None


def test_the_real_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert key_for("openai") is None
    monkeypatch.setenv("FRISKET_KEY_OPENAI", CANARY)
    assert key_for("openai") is not None


@pytest.mark.parametrize(
    ("provider", "name"),
    [("openai", "FRISKET_KEY_OPENAI"), ("ace-data-2", "FRISKET_KEY_ACE_DATA_2")],
)
def test_names(provider: str, name: str) -> None:
    assert key_name(provider) == name


@pytest.mark.parametrize("typed", [f" {CANARY}", f"{CANARY}\n", f"\t{CANARY}\r\n"])
def test_blanks_around_a_key_are_dropped(typed: str) -> None:
    found = checked_key(typed, "it")
    assert found is not None
    assert found.reveal() == CANARY


@pytest.mark.parametrize("typed", ["", " ", "\n"])
def test_nothing_is_no_key(typed: str) -> None:
    assert checked_key(typed, "it") is None


@pytest.mark.parametrize(
    "typed",
    [
        "sk-can ary",
        "sk-can\nary",
        "sk-can\N{NON-BREAKING HYPHEN}ary",
        "sk-canär",
        "sk-can\x7f",
        "sk-can\x00ary",
        "“sk-canary”",
        "x" * (LONGEST_KEY + 1),
    ],
)
def test_what_no_header_can_carry_is_refused_without_showing_it(typed: str) -> None:
    with pytest.raises(InputProblem, match="can't be sent") as caught:
        checked_key(typed, "FRISKET_KEY_OPENAI")
    told = "".join(traceback.format_exception(caught.value)) + repr(vars(caught.value))
    assert typed not in told
    assert len(str(caught.value)) <= 160


def test_a_secret_shows_itself_nowhere() -> None:
    secret = Secret(CANARY)
    shown = [repr(secret), str(secret), f"{secret}", f"{secret:>20}", f"{[secret]}", str((secret,))]
    assert not any("canary" in text for text in shown)
    assert not hasattr(secret, "__dict__")


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_not_copied(take) -> None:
    with pytest.raises(TypeError, match="neither pickled nor copied"):
        take(Secret(CANARY))
