"""Faults before an answer is read: reaching the provider, uploading, waiting, being refused."""

from __future__ import annotations

from editor.providers import refusal as words
from editor.transport import sentences
from editor.transport.intake import Deadlines
from tests.fakes.clocks import NOWHERE
from tests.fakes.faults.acts import hang_up, redirecting, refusing, replying, rightly, silence
from tests.fakes.faults.carriers import Reply
from tests.fakes.faults.row import DONE, Row, each, not_sent, refused, unknown

HASTY = Deadlines(answer=15.0, alive=10.0, total=40.0, poll=10.0, upload=15.0, slow_span=10.0)
"""For servers that never end: a third of a second instead of minutes."""

NOISE = 1400
"""Side of a picture of random pixels: 6 MB, more than sockets hold back."""

REACHING = (
    Row(
        "B1",
        "a name that is not there",
        rightly,
        each(not_sent(sentences.UNREACHABLE)),
        base=f"http://{NOWHERE}/v1",
        posts=0,
        charges=0,
    ),
    Row(
        "B1",
        "a closed port",
        rightly,
        each(not_sent(sentences.UNREACHABLE)),
        base="http://127.0.0.1:9",
        posts=0,
        charges=0,
    ),
    Row("B1", "hung up on every time", hang_up, each(unknown(sentences.CUT)), stage="submit"),
)

UPLOADING = tuple(
    Row(
        "B2",
        f"hung up {times} times in the upload",
        hang_up,
        ends,
        stage="submit",
        times=times,
        whole=False,
        charge=False,
        noise=NOISE,
        posts=posts,
        charges=charges,
    )
    for times, ends, posts, charges in (
        (1, each(DONE), 2, 1),
        (2, each(not_sent(sentences.UPLOAD_STOPPED)), 2, 0),
    )
)

WAITING = (
    Row(
        "B3",
        "never answers",
        silence,
        each(unknown(sentences.SILENT)),
        stage="submit",
        deadlines=HASTY,
        least=10.0,
    ),
    Row(
        "B13",
        "hangs up without an answer",
        hang_up,
        each(unknown(sentences.CUT)),
        stage="submit",
    ),
)

STORMS = tuple(
    Row(
        "B13",
        f"status {status}",
        refusing(status, {"message": "no"}),
        each(unknown(sentence)),
        stage="submit",
    )
    for sentence, statuses in (
        (
            words.BUSY,
            (
                "500 Oops",
                "501 Oops",
                "503 Busy",
                "521 Down",
                "599 X",
                "408 Late",
                "409 Twice",
                "425 Early",
            ),
        ),
        (words.GATEWAY, ("502 Bad", "504 Late", "520 X", "522 Late", "523 X", "524 Late")),
    )
    for status in statuses
)

NOT_CHARGED = {"stage": "submit", "charge": False, "charges": 0}

REFUSALS = tuple(
    Row(
        id,
        f"status {status}",
        refusing(status, error),
        each(refused(sentence)),
        stage="submit",
        charge=False,
        charges=0,
    )
    for id, status, error, sentence in (
        (
            "B14",
            "401 No",
            {"code": "invalid_api_key", "message": "sk-fault-0123456789abcdef"},
            words.KEY,
        ),
        ("B14", "402 Pay", None, words.QUOTA),
        ("B14", "403 No", {"message": "Your organization must be verified"}, words.VERIFY),
        ("B14", "403 Never", None, words.FORBIDDEN),
        (
            "B15",
            "400 Bad",
            {"code": "invalid_value", "param": "size", "message": "Invalid size"},
            words.SIZE,
        ),
        ("B15", "400 Mask", {"code": "invalid_mask_image_format"}, words.MASK),
        ("B15", "404 Gone", {"code": "model_not_found"}, words.MODEL),
        ("B15", "405 Not", None, words.NO_EDITS),
        ("B15", "413 Large", None, words.TOO_LARGE),
        ("B15", "415 Type", {"code": "unsupported_file_mimetype"}, words.PICTURE),
        ("B15", "422 Bad", {"param": "mask", "message": "Field required"}, words.VALUE),
        ("B12", "429 Quota", {"code": "insufficient_quota", "message": "no credit"}, words.QUOTA),
    )
)


def _limited(name: str, times: int, *headers: str, waits: tuple[float, float] = (0, 0)) -> Row:
    act = refusing("429 Slow", {"code": "rate_limit_exceeded", "message": "slow"}, *headers)
    if times > 3:
        ends, posts, charges = each(refused()), 4, 0
    else:
        ends, posts, charges = each(DONE), times + 1, 1
    return Row(
        "B12",
        name,
        act,
        ends,
        stage="submit",
        times=times,
        charge=False,
        posts=posts,
        charges=charges,
        least=waits[0],
        most=waits[1] or 60.0,
    )


LIMITS = (
    _limited("once, in seconds", 1, "Retry-After: 7", waits=(7, 30)),
    _limited("once, in milliseconds", 1, "Retry-After-Ms: 2500", waits=(2.4, 25)),
    _limited("once, at a date gone by", 1, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
    _limited("once, without a word", 1),
    _limited("once, in garbage", 1, "Retry-After: soon"),
    _limited("once, less than nothing", 1, "Retry-After: -5"),
    _limited("three times", 3, "Retry-After: 1"),
    _limited("for ever", 9, "Retry-After: 1"),
    Row(
        "B12",
        "ten years",
        refusing("429 Slow", None, "Retry-After: 315360000"),
        each(refused(words.RATE_LONG)),
        stage="submit",
        charge=False,
        charges=0,
    ),
    Row(
        "B12",
        "two hours",
        refusing("429 Slow", None, "Retry-After: 7200"),
        each(refused(words.RATE_LATER)),
        stage="submit",
        charge=False,
        charges=0,
    ),
)

REDIRECTS = tuple(
    Row(
        "B16",
        f"{status} to {where}",
        redirecting(status, where),
        each(refused(words.REDIRECT)),
        stage="submit",
        charge=False,
        charges=0,
    )
    for status in ("301 X", "302 X", "303 X", "307 X", "308 X")
    for where in ("{base}/v1/elsewhere", "file:///etc/passwd", "http://127.0.0.1:9/")
)

PAGES = (
    Row(
        "B11",
        "a gateway's page",
        replying(Reply(b"<html><h1>502</h1></html>", "text/html", "502 Bad")),
        each(unknown(words.GATEWAY)),
        stage="submit",
    ),
)

ROWS = (*REACHING, *UPLOADING, *WAITING, *STORMS, *REFUSALS, *LIMITS, *REDIRECTS, *PAGES)
