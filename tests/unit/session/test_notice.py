"""What is told: problems stay, finished assets name their size and what they left untouched."""

from pathlib import Path

from editor.compose.assets.export import Exported
from editor.errors import InputProblem
from editor.session.notice import Notice, exported_notice, of_error, of_problem


def words(notice: Notice) -> str:
    return notice.template.format(**notice.values)


def test_a_problem_is_told_as_an_error_with_its_details_apart() -> None:
    notice = of_problem(InputProblem("{name} is empty.", name="a.png", details="libpng: EOF"))
    assert (notice.mood, words(notice), notice.details) == (
        "error",
        "a.png is empty.",
        "libpng: EOF",
    )
    assert notice.file is None


def test_a_fault_is_told_without_the_key_in_its_words() -> None:
    notice = of_error(ValueError("Illegal header value b'Bearer sk-abcdefgh1234'"))
    assert notice.details == "ValueError: Illegal header value b'Bearer ***'"
    assert of_error(InputProblem("x")) == of_problem(InputProblem("x"))


def test_an_asset_tells_its_name_its_size_and_its_count() -> None:
    path = Path("folder") / "photo_edit.png"
    notice = exported_notice(Exported(path, 1_234_567, 1_500_000, 0, exact=True))
    assert notice.mood == "ok"
    assert words(notice) == (
        "photo_edit.png is exported (1.2 MB): 0 of 1,500,000 protected pixels changed."
    )
    assert notice.file == path


def test_an_asset_with_a_reservation_is_a_warning_without_a_count() -> None:
    note = "JPEG changes every pixel a little."
    notice = exported_notice(Exported(Path("photo.jpg"), 100, 10, 3, exact=False, note=note))
    assert notice.mood == "warn"
    assert words(notice) == f"photo.jpg is exported (0.0 MB). {note}"
