from editor.compose.fitting.report import ASTRAY, Report


def test_what_was_done_is_told_in_one_line() -> None:
    report = Report((30.0, -22.0), 0.923, 0.031)
    assert report.line == "moved 37 px, scaled 0.92, colour +3 %"
    assert report.template.format(**report.values) == report.line


def test_an_answer_that_was_not_recognised_says_so() -> None:
    assert Report(fitted=False).line == ASTRAY
