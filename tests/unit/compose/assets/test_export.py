from pathlib import Path

import numpy as np
import pytest

from editor.compose.assets import export as exporting
from editor.compose.assets.export import INKS, LOSSY, SHALLOW, Reader
from editor.errors import CannotWrite, InputProblem
from editor.imaging.raster import Native
from tests.fakes.colour import display_p3
from tests.fakes.exported import SIZE, edited, export, facts, read
from tests.fakes.joining import source


@pytest.mark.parametrize("suffix", [".png", ".tif", ".TIFF"])
@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("channels", [3, 4])
@pytest.mark.parametrize("profile", [b"", display_p3()], ids=["no profile", "P3"])
def test_lossless_at_every_depth(
    tmp_path: Path, suffix: str, depth: int, channels: int, profile: bytes
) -> None:
    base = source(SIZE, depth, channels, profile)
    result, may_change = edited(base)
    path = tmp_path / f"a{suffix}"
    done = export(result, facts(base), path, source=base, may_change=may_change)
    assert (done.path, done.size) == (path, path.stat().st_size)
    assert (done.protected, done.changed, done.exact, done.note) == (1000, 0, True, "")
    back = read(path.read_bytes(), "a")
    assert np.array_equal(back.samples, result.samples)
    assert back.profile == profile


def test_a_protected_pixel_that_changed_is_counted_in_the_file(tmp_path: Path) -> None:
    base = source(SIZE, 16)
    result, may_change = edited(base)
    may_change[10:20, 10] = False
    done = export(result, facts(base), tmp_path / "a.png", source=base, may_change=may_change)
    assert (done.protected, done.changed) == (1010, 10)


@pytest.mark.parametrize(
    ("suffix", "depth", "exact", "note"),
    [
        (".jpg", 8, False, LOSSY),
        (".jpeg", 16, False, LOSSY),
        (".webp", 8, True, ""),
        (".webp", 16, False, SHALLOW),
    ],
)
def test_other_formats_say_what_they_keep(
    tmp_path: Path, suffix: str, depth: int, exact: bool, note: str
) -> None:
    base = source(SIZE, depth)
    result, may_change = edited(base)
    done = export(result, facts(base), tmp_path / f"a{suffix}", source=base, may_change=may_change)
    assert (done.exact, done.note, done.protected, done.changed) == (exact, note, 1000, 0)


def test_cmyk_is_not_called_protected(tmp_path: Path) -> None:
    base = source(SIZE)
    result, may_change = edited(base)
    inks = facts(base, colour="cmyk")
    path = tmp_path / "a.png"
    done = export(result, inks, path, source=base, may_change=may_change)
    assert (done.protected, done.changed, done.note) == (0, 0, INKS)


def test_an_ending_that_cannot_be_written(tmp_path: Path) -> None:
    base = source(SIZE)
    may_change = np.ones((30, 40), np.bool_)
    with pytest.raises(InputProblem, match="no ending"):
        export(base, facts(base), tmp_path / "a.gif", source=base, may_change=may_change)


def test_a_side_too_long_for_the_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(exporting.LONGEST_SIDE, "webp", 39)
    base = source(SIZE)
    may_change = np.ones((30, 40), np.bool_)
    with pytest.raises(InputProblem, match="ends at 39"):
        export(base, facts(base), tmp_path / "a.webp", source=base, may_change=may_change)
    assert not list(tmp_path.iterdir())


def _refuses(data: bytes, name: str) -> Native:
    raise InputProblem("{name} is no picture.", name=name)


def _one_bit_off(data: bytes, name: str) -> Native:
    samples = read(data, name).samples.copy()
    samples[29, 39, 2] ^= 1
    return Native(samples)


def _shallow(data: bytes, name: str) -> Native:
    return Native((read(data, name).samples >> 8).astype(np.uint8))


def _other_profile(data: bytes, name: str) -> Native:
    return Native(read(data, name).samples, display_p3())


def _cut(data: bytes, name: str) -> Native:
    return Native(read(data, name).samples[:-1])


@pytest.mark.parametrize(
    ("suffix", "reader"),
    [
        *((".png", one) for one in (_refuses, _one_bit_off, _shallow, _other_profile, _cut)),
        *((".jpg", one) for one in (_refuses, _cut)),
    ],
)
def test_what_does_not_read_back_is_not_kept(tmp_path: Path, suffix: str, reader: Reader) -> None:
    base = source(SIZE, 16)
    result, may_change = edited(base)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"what was there")
    with pytest.raises(CannotWrite, match="did not read back"):
        export(result, facts(base), path, source=base, may_change=may_change, read=reader)
    assert path.read_bytes() == b"what was there"
    assert len(list(tmp_path.iterdir())) == 1
