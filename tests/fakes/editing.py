"""Fixtures for edits at the command line: a photograph with its mask, a provider to ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editor.cli.command import main
from tests.fakes import photographs
from tests.fakes.colour import display_p3
from tests.fakes.provider import KEY, Provider

P3 = display_p3()

Ask = Callable[..., int]


@pytest.fixture
def photo(tmp_path: Path) -> tuple[Path, Path]:
    """An 8-bit JPEG that lies on its side, and its soft mask."""
    source, mask = tmp_path / "photo.jpg", tmp_path / "mask.png"
    photographs.write_jpeg(source, 480, 320)
    photographs.write_soft_mask(mask, photographs.soft_disc(480, 320))
    return source, mask


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what this computer made of such a photograph, with its recipe; to be copied.

    The photograph of every test is the same to the byte, and lies as near to a copy.
    """
    folder = tmp_path_factory.mktemp("edited")
    source, mask = folder / "photo.jpg", folder / "mask.png"
    photographs.write_jpeg(source, 480, 320)
    photographs.write_soft_mask(mask, photographs.soft_disc(480, 320))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRISKET_HOME", str(folder / "home"))
        line = ["edit", source, "--mask", mask, "--out", folder / "out"]
        assert main([str(word) for word in line]) == 0
    return folder / "out"


@pytest.fixture
def deep(tmp_path: Path) -> tuple[Path, Path]:
    """A 16-bit PNG in Display P3, and its soft mask."""
    source, mask = tmp_path / "deep.png", tmp_path / "mask.png"
    photographs.write_deep_png(source, 480, 320, P3)
    photographs.write_soft_mask(mask, photographs.soft_disc(480, 320))
    return source, mask


@pytest.fixture
def loopback(provider: Provider) -> Provider:
    """The provider that is asked."""
    return provider


@pytest.fixture
def ask(loopback: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Ask that provider for an edit into the folder "out"; the exit code."""
    monkeypatch.setenv("FRISKET_KEY_OPENAI", KEY)

    def asked(source: Path, *more: object) -> int:
        line = ["edit", source, "--provider", "openai", "--base-url", loopback.base_url]
        return main([str(word) for word in (*line, "--out", tmp_path / "out", *more)])

    return asked


def assert_kept(source: Path, asset: Path, mask: Path) -> None:
    """No protected pixel differs, and at least half of the painted ones do."""
    differing, inside = photographs.changed(source, asset, mask)
    assert differing == 0
    assert inside > 0.5
