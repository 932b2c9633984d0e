"""One recipe over many pictures: what is done, what is told, and what a second run leaves alone."""

import base64
import json
import shutil

import numpy as np
import pytest
from PIL import Image

from editor.cli import delivery
from editor.cli.batch_journal import NAME
from editor.cli.command import main
from editor.engine.ledger import Ledger
from editor.engine.note import Asked
from tests.fakes.editing import assert_kept
from tests.fakes.full_disk import full
from tests.fakes.photographs import alpha_of, soft_disc, write_jpeg, write_soft_mask
from tests.fakes.provider import Play


@pytest.fixture
def offline(edited, photo, tmp_path):
    """A recipe of this computer."""
    return shutil.copytree(edited, tmp_path / "first") / "photo_edit.json"


@pytest.fixture
def remote(photo, ask, loopback, tmp_path, capsys):
    """A recipe of the provider on loopback, which forgets that it was asked."""
    assert ask(photo[0], "--mask", photo[1], "--prompt", "a ball", "--quality", "low") == 0
    capsys.readouterr()
    loopback.reset()
    return tmp_path / "out" / "photo_edit.json"


@pytest.fixture
def two(tmp_path):
    """A picture with a mask and one without, of another size."""
    write_jpeg(tmp_path / "a.jpg", 300, 200)
    write_jpeg(tmp_path / "b.jpg", 240, 240)
    write_soft_mask(tmp_path / "a_mask.png", np.roll(soft_disc(300, 200), 40, axis=1))
    return [tmp_path / "a.jpg", tmp_path / "b.jpg"]


def batch(recipe, files, out, *more):
    return main([str(word) for word in ("batch", recipe, *files, "--out", out, *more)])


def states(out):
    report = json.loads((out / "report.json").read_text())
    return {each["file"].rpartition("/")[2]: each["state"] for each in report["files"]}


def test_each_picture_is_edited_inside_its_mask(offline, two, tmp_path, capsys):
    out = tmp_path / "many"
    assert batch(offline, [*two, tmp_path / "a_mask.png", two[0]], out) == 0
    assert_kept(two[0], out / "a_edit.png", tmp_path / "a_mask.png")
    assert_kept(two[1], out / "b_edit.png", out / "b_edit.mask.png")
    rows, cols = np.nonzero(alpha_of(out / "b_edit.mask.png") < 128)
    assert abs(rows.mean() - 120) < 2
    assert abs(cols.mean() - 120) < 2
    said = capsys.readouterr()
    assert "a_mask.png is the mask of another picture" in said.err
    assert "b.jpg: The mask of the recipe is used at 50 % of its size, in the middle." in said.err
    assert "2 of 2: " in said.err
    assert "a_edit.png: 0 of " in said.out
    assert states(out) == {"a.jpg": "done", "b.jpg": "done"}
    before = {path: path.stat().st_mtime_ns for path in out.glob("*_edit*")}
    assert batch(offline, two, out, "--resume") == 0
    assert {path: path.stat().st_mtime_ns for path in out.glob("*_edit*")} == before
    assert main(["replay", str(out / "a_edit.json"), "--out", str(tmp_path / "again")]) == 0
    again = tmp_path / "again" / "a_edit.png"
    assert again.read_bytes() == (out / "a_edit.png").read_bytes()
    capsys.readouterr()


def test_masks_may_lie_in_a_folder_of_their_own(offline, two, tmp_path, capsys):
    masks = tmp_path / "masks"
    masks.mkdir()
    (tmp_path / "a_mask.png").rename(masks / "a.png")
    assert batch(offline, two[:1], tmp_path / "many", "--masks", masks, "--json") == 0
    assert_kept(two[0], tmp_path / "many" / "a_edit.png", masks / "a.png")
    record = json.loads(capsys.readouterr().out)
    assert (record["ok"], record["protected_changed"]) == (True, 0)


def test_pictures_of_one_name_get_names_of_their_own(offline, two, tmp_path, capsys):
    other = tmp_path / "other"
    other.mkdir()
    two[1].rename(other / "a.jpg")
    assert batch(offline, [two[0], other / "a.jpg"], tmp_path / "many") == 0
    assert {path.name for path in (tmp_path / "many").glob("a_edit*.png")} >= {
        "a_edit.png",
        "a_edit-2.png",
    }
    capsys.readouterr()


def test_what_cannot_be_read_fails_alone_and_is_tried_again(offline, two, tmp_path, capsys):
    out = tmp_path / "many"
    good, two[1] = two[1].read_bytes(), tmp_path / "c.jpg"
    assert batch(offline, two, out) == 7
    assert states(out) == {"a.jpg": "done", "c.jpg": "failed"}
    two[1].write_bytes(good)
    assert batch(offline, two, out, "--resume") == 0
    assert states(out) == {"a.jpg": "done", "c.jpg": "done"}
    assert "2 of 2: c.jpg" in capsys.readouterr().err
    assert batch(offline, two, out, "--resume") == 0
    (told,) = capsys.readouterr().err.splitlines()
    assert told == f"2 of 2 pictures are done; report.json and report.csv in {out} tell of each."


def test_masks_of_a_folder_that_is_not_there_are_not_made_up_for(offline, two, tmp_path, capsys):
    assert batch(offline, two, tmp_path / "many", "--masks", str(tmp_path / "nowhere")) == 2
    assert "--masks is a folder with masks in it" in capsys.readouterr().err
    assert not (tmp_path / "many").exists()


def test_a_folder_with_a_batch_is_gone_on_with_or_left(offline, two, tmp_path, capsys):
    out = tmp_path / "many"
    assert batch(offline, two[:1], out) == 0
    assert batch(offline, two, out) == 3
    assert "many holds a batch already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["steps"].append(told["steps"][0]), "tells of 2 edits"),
        (lambda told: told["steps"][0].update(provider="elsewhere"), "was made elsewhere"),
        (lambda told: told["steps"][0].update(model="odd"), "odd"),
    ],
)
def test_a_recipe_that_nobody_can_be_asked_for(change, said, offline, two, tmp_path, capsys):
    told = json.loads(offline.read_text())
    change(told)
    offline.write_text(json.dumps(told))
    assert batch(offline, two, tmp_path / "many") == 3
    assert said in capsys.readouterr().err
    assert not (tmp_path / "many").exists()


def test_refused_pictures_are_asked_for_again_and_unknown_ones_are_not(
    remote, two, loopback, tmp_path, capsys
):
    out = tmp_path / "many"
    more = ("--base-url", loopback.base_url)
    loopback.always(Play(refuse="moderation"))
    assert batch(remote, two[:1], out, *more) == 4
    loopback.always(Play(cut=2000))
    assert batch(remote, two, out, *more, "--resume") == 5
    assert states(out) == {"a.jpg": "unknown", "b.jpg": "unknown"}
    asked = len(loopback.log)
    loopback.always(Play())
    assert batch(remote, two, out, *more, "--resume") == 5
    assert len(loopback.log) == asked == 3
    assert loopback.log[0].texts["quality"] == "low"
    assert "is not sent again" in capsys.readouterr().err


def test_everything_may_change_where_the_recipe_says_so(
    photo, ask, loopback, two, tmp_path, capsys
):
    reference = tmp_path / "hat.png"
    Image.fromarray(np.full((50, 70, 3), 99, np.uint8)).save(reference)
    assert ask(photo[0], reference, "--whole", "--prompt", "night, with @1") == 0
    recipe = tmp_path / "out" / "photo_edit.json"
    more = ("--base-url", loopback.base_url)
    assert batch(recipe, two[1:], tmp_path / "many", *more) == 0
    assert [name for name, *_ in loopback.log[-1].files] == ["image[]", "image[]"]
    assert loopback.log[-1].texts["prompt"] == "night, with image 2"
    reference.unlink()
    assert batch(recipe, two[1:], tmp_path / "more", *more) == 3
    assert "hat.png, which the recipe speaks of" in capsys.readouterr().err


@pytest.fixture
def left(remote, two, loopback, tmp_path, capsys):
    """A batch that was killed once its only picture was asked for; what the ledger knew of it."""

    def leave(tell, *, raw=b""):
        out = tmp_path / "many"
        loopback.always(Play(refuse="moderation"))
        more = ("--base-url", loopback.base_url)
        assert batch(remote, two[:1], out, *more) == 4
        head, asked, *_ = (out / NAME).read_text().splitlines(keepends=True)
        told = json.loads(asked) | {"job": "j7"}
        (out / NAME).write_text(head + json.dumps(told) + "\n")
        ledger = Ledger()
        if tell is not None:
            entry = ledger.open(Asked("j7", "openai", "gpt-image-2", "h", "r"))
            entry.sending(1)
            entry.spool.write(raw)
            entry.spool.sync()
            tell(entry)
            entry.spool.close()
        ledger.close()
        capsys.readouterr()
        loopback.reset()
        code = batch(remote, two[:1], out, *more, "--resume")
        return code, len(loopback.log), capsys.readouterr().err

    return leave


def test_what_had_not_left_is_asked_for(left):
    assert left(lambda entry: None)[:2] == (0, 1)


def test_what_the_ledger_never_heard_of_is_asked_for(left):
    assert left(None)[:2] == (0, 1)


def test_what_was_sent_is_not_asked_for_again(left):
    code, asked, said = left(lambda entry: entry.sent())
    assert (code, asked) == (5, 0)
    assert "may have been charged and is not sent again" in said


def test_while_another_instance_may_know_nothing_is_asked_for(left, tmp_path):
    other = Ledger()
    try:
        code, asked, said = left(None)
    finally:
        other.close()
    assert (code, asked) == (5, 0)
    assert "Another Frisket may know what became of it" in said


def test_an_answer_that_came_is_finished_without_asking(left, two, tmp_path):
    answer = tmp_path / "answer.png"
    Image.fromarray(np.full((320, 480, 3), (20, 90, 200), np.uint8)).save(answer)

    def came(entry):
        entry.sent()
        entry.received()

    raw = json.dumps({"data": [{"b64_json": base64.b64encode(answer.read_bytes()).decode()}]})
    code, asked, said = left(came, raw=raw.encode())
    assert (code, asked) == (0, 0)
    assert "its answer came before" in said
    assert_kept(two[0], tmp_path / "many" / "a_edit.png", tmp_path / "a_mask.png")
    kept = tmp_path / "many" / "a_edit.answer.png"
    assert kept.read_bytes() == answer.read_bytes()


@pytest.mark.parametrize("came", [0, 900], ids=["link", "link whose picture was cut"])
def test_an_answer_that_is_a_link_is_fetched_without_asking(left, loopback, two, tmp_path, came):
    answer = tmp_path / "answer.png"
    Image.fromarray(np.full((320, 480, 3), (20, 90, 200), np.uint8)).save(answer)
    picture = answer.read_bytes()
    link = json.dumps({"data": [{"url": loopback.put(picture)}]}).encode()

    def received(entry):
        entry.sent()
        entry.received()

    code, fetched, _ = left(received, raw=link + picture[:came])
    assert (code, fetched, loopback.charges.total()) == (0, 1, 0)
    assert (tmp_path / "many" / "a_edit.answer.png").read_bytes() == picture
    assert_kept(two[0], tmp_path / "many" / "a_edit.png", tmp_path / "a_mask.png")


def test_an_answer_that_cannot_be_read_is_told(left):
    def came(entry):
        entry.sent()
        entry.received()

    code, asked, said = left(came, raw=b'{"data": [')
    assert (code, asked) == (5, 0)
    assert "Its answer came and cannot be read" in said


def test_a_full_disk_ends_the_batch(offline, two, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(delivery, "gathered", full)
    monkeypatch.setattr("editor.cli.batch.AT_ONCE", 1)
    assert batch(offline, two, tmp_path / "many") == 8
    assert states(tmp_path / "many") == {"a.jpg": "failed"}
    monkeypatch.undo()
    capsys.readouterr()


def test_what_an_edit_left_is_told_of_by_a_batch_too(offline, two, tmp_path, ledger, capsys):
    entry = ledger.open(Asked("job", "openai", "m", "api.example", "digest", None, "/a.png"))
    entry.sending(1)
    entry.sent()
    entry.accepted("t7")
    ledger.close()
    for folder, told in (("one", 1), ("two", 0)):
        assert batch(offline, two[:1], tmp_path / folder) == 0
        assert capsys.readouterr().err.count("was accepted as t7; the next edit") == told
