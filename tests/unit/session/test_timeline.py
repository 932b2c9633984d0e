"""One order of undo for strokes, kept edits and slots."""

from editor.session.timeline import Kind, Step, Timeline


def step(log: list[str], name: str, kind: Kind = Kind.STROKE, slot: str = "a") -> Step:
    return Step(kind, slot, lambda: log.append(f"-{name}"), lambda: log.append(f"+{name}"), name)


def test_steps_go_back_and_forth_in_order() -> None:
    log: list[str] = []
    timeline = Timeline()
    for name in "12":
        timeline.push(step(log, name))
    assert [timeline.undo("a"), timeline.undo("a"), timeline.undo("a")] == [True, True, False]
    assert [timeline.redo("a"), timeline.redo("a"), timeline.redo("a")] == [True, True, False]
    assert log == ["-2", "-1", "+1", "+2"]


def test_undo_stops_once_before_a_kept_edit() -> None:
    log: list[str] = []
    timeline = Timeline()
    timeline.push(step(log, "keep", Kind.KEEP))
    timeline.push(step(log, "stroke"))
    assert timeline.undo("a")
    assert not timeline.undo("a")
    assert log == ["-stroke"]
    assert timeline.undo("a")
    assert log == ["-stroke", "-keep"]


def test_the_warning_is_forgotten_when_something_else_happens() -> None:
    log: list[str] = []
    timeline = Timeline()
    timeline.push(step(log, "keep", Kind.KEEP))
    assert not timeline.undo("a")
    timeline.push(step(log, "stroke"))
    assert timeline.undo("a")
    assert not timeline.undo("a")
    assert log == ["-stroke"]


def test_a_picture_sees_its_own_steps_and_those_of_the_slots() -> None:
    log: list[str] = []
    timeline = Timeline()
    timeline.push(step(log, "order", Kind.SLOTS, ""))
    timeline.push(step(log, "other", slot="b"))
    assert timeline.undo("a")
    assert log == ["-order"]
    assert not timeline.undo("a")
    assert timeline.undo("b")
    assert log == ["-order", "-other"]


def test_a_new_step_drops_what_was_undone_on_the_same_picture_only() -> None:
    log: list[str] = []
    timeline = Timeline()
    timeline.push(step(log, "1"))
    timeline.push(step(log, "other", slot="b"))
    timeline.undo("a")
    timeline.undo("b")
    timeline.push(step(log, "2"))
    assert not timeline.redo("a")
    assert timeline.redo("b")
    assert log[-1] == "+other"


def test_a_step_of_the_slots_and_an_undone_one_exclude_each_other() -> None:
    log: list[str] = []
    timeline = Timeline()
    timeline.push(step(log, "stroke"))
    timeline.undo("a")
    timeline.push(step(log, "open", Kind.SLOTS, ""))
    assert not timeline.redo("a")
    timeline.undo("a")
    timeline.push(step(log, "another"))
    assert not timeline.redo("a")
    assert log == ["-stroke", "-open"]


def test_the_oldest_strokes_are_forgotten_with_their_history() -> None:
    log: list[str] = []
    timeline = Timeline()
    for name in "1234":
        timeline.push(step(log, name))
    timeline.forget("a", Kind.STROKE, 2)
    while timeline.undo("a"):
        pass
    assert log == ["-4", "-3"]


def test_what_lies_before_and_behind_a_picture_in_its_place_is_along_its_way() -> None:
    log: list[str] = []
    timeline = Timeline()

    def names(slot: str) -> list[str]:
        return [one.title for one in timeline.along(slot)]

    timeline.push(step(log, "on a"))
    timeline.push(step(log, "elsewhere", slot="x"))
    for before, after in ("ab", "bc"):
        put = step(log, f"{before} to {after}", Kind.SLOTS, "")
        put.instead = before, after
        timeline.push(put)
        timeline.push(step(log, f"on {after}", slot=after))
    whole = ["on a", "a to b", "on b", "b to c", "on c"]
    assert names("c") == whole
    assert names("x") == ["elsewhere", "a to b", "b to c"]
    timeline.undo("c")
    timeline.undo("c")
    assert names("b") == whole
    timeline.undo("b")
    timeline.undo("b")
    assert names("a") == whole
    timeline.push(step(log, "another way"))
    assert names("a") == ["on a", "another way"]
