"""Lines come back in their order; one that was cut off in the middle never counted."""

import errno
import os

import pytest

from editor.errors import CannotWrite
from editor.storage.lines import Lines
from tests.fakes.full_disk import no_space


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lines"


def written(path, *lines):
    file = Lines(path)
    for line in lines:
        file.append(line)
    file.close()


def read(path):
    file = Lines(path)
    file.close()
    return file.read


def test_lines_come_back_in_their_order(path):
    assert read(path) == ()
    written(path, "one", "zwei \N{CHECK MARK}")
    written(path, "three")
    assert read(path) == ("one", "zwei \N{CHECK MARK}", "three")


@pytest.mark.parametrize("cut", range(1, 7))
def test_a_line_that_was_cut_off_does_not_count(path, cut):
    written(path, "first", "second")
    os.truncate(path, path.stat().st_size - cut)
    written(path, "third")
    assert read(path) == ("first", "third")


def test_a_line_that_another_process_is_just_writing_is_not_cut_off(path):
    written(path, "first")
    with path.open("ab", buffering=0) as theirs:
        theirs.write(b"sec")
        ours = Lines(path)
        theirs.write(b"ond\n")
    ours.append("third")
    assert ours.news() == read(path)[1:] == ("second", "third")
    ours.close()


def test_what_stopped_within_a_line_does_not_spoil_the_next(path, monkeypatch):
    class Filling:
        """A file on a disk that is full after three bytes, until something is deleted."""

        def __init__(self, file):
            self._file, self._left = file, 3

        def write(self, data):
            if not self._left:
                self._left = len(data) * 9
                raise OSError(errno.ENOSPC, "full")
            taken = self._file.write(data[: self._left])
            self._left -= taken
            return taken

        def __getattr__(self, name):
            return getattr(self._file, name)

    file = Lines(path)
    monkeypatch.setattr(file, "_file", Filling(file._file))
    with pytest.raises(CannotWrite, match="The disk is full"):
        file.append("never paid")
    file.append("paid")
    file.close()
    assert read(path) == ("paid",)


def test_what_others_add_is_news_once_it_is_whole(path):
    written(path, "old")
    ours, others = Lines(path), Lines(path)
    assert ours.news() == ()
    others.append("theirs")
    ours.append("ours")
    assert ours.news() == ("theirs", "ours")
    with path.open("ab") as half:
        half.write(b"ha")
    assert ours.news() == ()
    others.append("lf")
    assert ours.news() == ("half",)
    ours.append("later")
    assert path.read_bytes() == b"old\ntheirs\nours\nhalf\nlater\n"
    ours.close()
    others.close()


def test_news_that_cannot_be_read_are_told(path, monkeypatch):
    class Refusing:
        def seek(self, place):
            raise OSError(errno.EIO, "broken")

    file = Lines(path)
    file.close()
    monkeypatch.setattr(file, "_file", Refusing())
    with pytest.raises(CannotWrite):
        file.news()


def test_what_the_disk_refuses_is_told(path, tmp_path, monkeypatch):
    with pytest.raises(CannotWrite):
        Lines(tmp_path / "no" / "folder")
    file = Lines(path)
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(CannotWrite, match="The disk is full"):
        file.append("a")
    file.close()


def test_a_line_is_durable_before_it_counts(path, monkeypatch):
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (synced.append(path.read_bytes()), real(handle))
    )
    written(path, "a")
    assert synced[-1] == b"a\n"
