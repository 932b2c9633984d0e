"""Keys come from the environment, this session or the keyring, and show themselves nowhere."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest

from editor.errors import InputProblem
from editor.preferences import secrets
from editor.preferences.secrets import (
    LONGEST_KEY,
    NO_KEYRING,
    REFUSED,
    SERVICE,
    SILENT,
    STAYS,
    Secret,
    checked_key,
    forget_key,
    keep_key,
    key_for,
    key_name,
    look_up,
)
from tests.fakes import keyrings

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


OTHER = "sk-other-77aa"


def revealed(provider: str = "openai", **environ: str) -> tuple[str, str]:
    held = look_up(provider, environ)
    return (held.key.reveal(), held.where) if held else ("", "")


def test_a_key_rests_in_the_keyring(
    store: keyrings.Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert keep_key("openai", Secret(CANARY)) == ""
    assert store.kept == {(SERVICE, "openai"): CANARY}
    assert revealed() == (CANARY, "keyring")
    keyrings.forget(monkeypatch)  # the next start
    assert revealed() == (CANARY, "keyring")
    assert revealed("acedata") == ("", "")


def test_the_environment_wins(store: keyrings.Memory) -> None:
    keep_key("openai", Secret(CANARY))
    assert revealed(FRISKET_KEY_OPENAI=OTHER) == (OTHER, "environment")
    assert revealed() == (CANARY, "keyring")


def test_a_key_of_this_session_touches_no_keyring(store: keyrings.Memory) -> None:
    keep_key("openai", Secret(CANARY), where="session")
    assert store.kept == {}
    assert revealed() == (CANARY, "session")


def test_a_new_key_takes_the_place_of_the_old_one(store: keyrings.Memory) -> None:
    keep_key("openai", Secret(CANARY))
    keep_key("openai", Secret(OTHER))
    assert revealed() == (OTHER, "keyring")
    assert store.kept == {(SERVICE, "openai"): OTHER}


def test_a_forgotten_key_is_gone_everywhere(store: keyrings.Memory) -> None:
    keep_key("openai", Secret(CANARY))
    assert forget_key("openai") == ""
    assert store.kept == {}
    assert revealed() == ("", "")
    assert forget_key("openai") == ""


def test_a_key_that_somebody_looks_up_while_it_goes_is_forgotten(
    store: keyrings.Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_key("openai", Secret(CANARY))
    delete = store.delete_password

    def late(service: str, username: str) -> None:
        assert revealed() == (CANARY, "keyring")
        delete(service, username)

    monkeypatch.setattr(store, "delete_password", late)
    assert forget_key("openai") == ""
    assert revealed() == ("", "")


def test_without_a_keyring_a_key_lives_as_long_as_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keyrings.use(monkeypatch, None)
    assert keep_key("openai", Secret(CANARY)) == NO_KEYRING
    assert revealed() == (CANARY, "session")
    assert forget_key("openai") == ""
    assert revealed() == ("", "")


class Plain(keyrings.Memory):
    pass


def test_no_key_gets_into_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plain, "__module__", "keyrings.alt.file")
    made = Plain()
    keyrings.use(monkeypatch, made)
    assert keep_key("openai", Secret(CANARY)) == NO_KEYRING
    assert made.kept == {}


def test_of_several_stores_the_first_that_is_no_file_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Plain, "__module__", "keyrings.alt.file")
    several, good = keyrings.Memory(), keyrings.Memory()
    monkeypatch.setattr(several, "backends", [Plain(), good], raising=False)
    keyrings.use(monkeypatch, several)
    assert keep_key("openai", Secret(CANARY)) == ""
    assert good.kept == {(SERVICE, "openai"): CANARY}


def test_what_a_keyring_cuts_off_is_not_left_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = keyrings.Short()
    keyrings.use(monkeypatch, made)
    assert keep_key("openai", Secret(CANARY)) == REFUSED
    assert made.kept == {}
    assert revealed() == (CANARY, "session")


def test_a_broken_keyring_is_told_of_without_its_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    keyrings.use(monkeypatch, keyrings.Broken())
    caplog.set_level("DEBUG")
    assert keep_key("openai", Secret(CANARY)) == REFUSED
    assert revealed() == (CANARY, "session")
    assert forget_key("openai") == STAYS
    assert CANARY not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_locked_keyring_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = keyrings.Locked()
    keyrings.use(monkeypatch, made)
    monkeypatch.setattr(secrets, "PATIENCE", 0.05)
    assert revealed() == ("", "")
    assert revealed("acedata") == ("", "")
    assert made.asked == 1
    assert keep_key("openai", Secret(CANARY)) == SILENT
    assert revealed() == (CANARY, "session")
    assert forget_key("openai") == STAYS
    made.let_go.set()


def test_every_sentence_is_short() -> None:
    assert max(map(len, (NO_KEYRING, SILENT, REFUSED, STAYS))) <= 160
