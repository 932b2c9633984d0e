"""What is printed on keys comes from the X server itself, for every layout we promise."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from editor.ui import printed

pytestmark = pytest.mark.xserver


def use(layout: str) -> None:
    subprocess.run(["setxkbmap", "-layout", layout], check=True)


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    yield
    use("us")


@pytest.mark.parametrize(
    ("layout", "signs"),
    [
        ("us", "BQ[]\\Z"),
        ("de", "BQÜ+#Y"),
        ("fr", "BA^$*W"),
        ("ru", "ИЙХЪ\\Я"),
    ],
)
def test_each_layout_has_its_signs(qapp: QApplication, layout: str, signs: str) -> None:
    use(layout)
    found = printed.signs()
    assert "".join(found[code] for code in (56, 24, 34, 35, 51, 52)) == signs


def test_arabic_letters_are_arabic(qapp: QApplication) -> None:
    use("ara")
    found = printed.signs()
    assert all("\u0600" <= found[code][0] <= "\u06ff" for code in (24, 34, 38))
