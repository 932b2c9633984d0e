"""The journal of a batch: what it promised is there again, and no other batch gets into it."""

import pytest

from editor.cli.batch_journal import NAME, BatchJournal, Line, State
from editor.errors import InputProblem

DONE = Line("/a.png", State.DONE, "j1", "a_edit.png", 0.01, 0)
ASKED = Line("/b.png", State.ASKED, "j2", "b_edit.png")


def opened(folder, recipe="r", *, resume=True):
    return BatchJournal(folder, recipe, resume=resume)


def test_the_last_line_of_each_file_counts(tmp_path):
    journal = opened(tmp_path, resume=False)
    for line in (Line("/a.png", State.ASKED, "j1"), ASKED, DONE):
        journal.put(line)
    assert journal.lines == {"/a.png": DONE, "/b.png": ASKED}
    journal.close()
    again = opened(tmp_path)
    assert again.lines == {"/a.png": DONE, "/b.png": ASKED}
    again.close()


def test_a_cut_off_line_is_forgotten(tmp_path):
    journal = opened(tmp_path)
    journal.put(DONE)
    journal.put(ASKED)
    journal.close()
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-5])
    again = opened(tmp_path)
    assert again.lines == {"/a.png": DONE}
    again.put(ASKED)
    again.close()


@pytest.mark.parametrize(
    ("recipe", "resume", "said"),
    [("r", False, "holds a batch already"), ("other", True, "was begun with another recipe")],
)
def test_a_folder_holds_one_batch(recipe, resume, said, tmp_path):
    journal = opened(tmp_path)
    journal.put(ASKED)
    journal.close()
    for _ in range(2):  # the lock is let go
        with pytest.raises(InputProblem, match=said):
            opened(tmp_path, recipe, resume=resume)


def test_a_batch_that_asked_for_nothing_is_none(tmp_path):
    opened(tmp_path, resume=False).close()
    opened(tmp_path, "other", resume=False).close()
    journal = opened(tmp_path, "other")
    assert journal.lines == {}
    journal.close()


def test_two_batches_at_once_do_not_share_a_folder(tmp_path):
    first = opened(tmp_path)
    with pytest.raises(InputProblem, match="Another batch is at work"):
        opened(tmp_path)
    first.close()
    opened(tmp_path).close()


@pytest.mark.parametrize("text", ["nonsense", '{"file": "a"}', '{"state": "done", "odd": 1}', "3"])
def test_a_damaged_journal_is_refused(text, tmp_path):
    opened(tmp_path).close()
    with (tmp_path / NAME).open("a") as file:
        file.write(f"{text}\n")
    with pytest.raises(InputProblem, match="is damaged; choose another folder"):
        opened(tmp_path)
