"""Keyrings: key stores of a system as they are met, and as they fail."""

from __future__ import annotations

import threading

import pytest
from keyring import core
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

from editor.preferences import secrets


class Memory(KeyringBackend):
    """Keeps what it is given; a program finds it by PYTHON_KEYRING_BACKEND."""

    priority = 1.0

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError("not there")


class Short(Memory):
    """Cuts what it is given, as a store of fixed width does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        super().set_password(service, username, password[:8])


class Broken(Memory):
    """Raises what is no error of the library, with the key in its words."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError("org.freedesktop.DBus.Error.Failed")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"could not store {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError("org.freedesktop.DBus.Error.Failed")


class Locked(Memory):
    """Waits for a password that nobody types, until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.let_go.wait()
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.let_go.wait()


def use(monkeypatch: pytest.MonkeyPatch, store: KeyringBackend | None) -> None:
    """Make this the system's key store, with nothing known of any key; None for none."""
    store = store or core.load_keyring("keyring.backends.fail.Keyring")
    monkeypatch.setattr(core, "_keyring_backend", store)
    forget(monkeypatch)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin as a program does that has just been started."""
    monkeypatch.setattr(secrets, "_keyring", secrets.Keyring())
    monkeypatch.setattr(secrets, "_session", {})


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Memory:
    """The key store of this system: one in memory, in which nothing lies yet."""
    made = Memory()
    use(monkeypatch, made)
    return made
