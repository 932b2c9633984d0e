"""Faults of links, of what is behind them, and of whose answer it is."""

from __future__ import annotations

import base64

from editor.providers import body as words
from editor.transport import addresses, collect, sentences
from tests.fakes.faults.acts import asleep, cut, in_pieces, linking, redirecting, refusing, telling
from tests.fakes.faults.carriers import ENCODED, drawn
from tests.fakes.faults.row import DONE, Row, each, unknown, unusable
from tests.fakes.faults.rows_tasks import LATER

HOPS = (
    Row(
        "B16",
        "a link that hops five times",
        redirecting("302 X", "{base}/{number}"),
        each(DONE, "url"),
        times=5,
    ),
    Row(
        "B16",
        "a link in a circle",
        redirecting("302 X", "{base}/again"),
        each(unusable(collect.TOO_MANY_HOPS), "url"),
    ),
    *(
        Row(
            "B16",
            f"a link that hops to {where}",
            redirecting("307 X", where),
            each(unusable(sentence), "url"),
        )
        for where, sentence in (
            ("file:///etc/passwd", addresses.ODD_LINK),
            ("data:image/png;base64,AAAA", ""),
            ("http://127.0.0.1:9/", addresses.ODD_LINK),
            ("https://169.254.169.254/latest", addresses.PRIVATE_LINK),
        )
    ),
)

ODD = unusable(addresses.ODD_LINK)
PRIVATE = unusable(addresses.PRIVATE_LINK)
LINKS = tuple(
    Row("B17", url, linking(url), each(ending, "body", "sse", "task"))
    for ending, urls in (
        (
            ODD,
            (
                "http://localhost/a",
                "http://10.0.0.1/a",
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "https://127.0.0.1:8443/a",
                "https://user:word@127.0.0.1/",
                "gopher://127.0.0.1/",
                "https:\\\\127.0.0.1\\a",
                "//127.0.0.1/a",
                "javascript:alert(1)",
                "https://",
            ),
        ),
        (
            PRIVATE,
            (
                "https://127.0.0.1/a",
                "https://10.1.2.3/a",
                "https://169.254.169.254/x",
                "https://192.168.0.1/",
                "https://[::1]/a",
                "https://[::ffff:127.0.0.1]/",
                "https://0.0.0.0/",
                "https://100.64.0.1/",
                "https://224.0.0.1/",
                "https://localhost/a",
                "https://[fe80::1]/",
                "https://[fc00::1]/",
            ),
        ),
    )
    for url in urls
)

TWO: dict[str, object] = {
    "data": [{"b64_json": ENCODED}, {"b64_json": base64.b64encode(drawn(16)).decode()}]
}
ASLEEP = unknown(sentences.SILENT)
OTHERS = (
    Row(
        "B24",
        "an hour of sleep",
        asleep,
        each(LATER, url=unusable(), body=ASLEEP, sse=ASLEEP),
        most=30_000.0,
    ),
    Row("B26", "two pictures for one", telling(TWO), each(DONE, "body", "task")),
)

EXPIRED = (
    *(
        Row(
            "B20",
            f"a link with status {status}",
            refusing(status),
            each(unusable(words.LINK_DEAD), "url"),
        )
        for status in ("403 No", "404 Gone", "410 Gone", "500 Oops", "503 Busy")
    ),
    *(
        Row(
            "B20",
            f"a link with status {status}, twice",
            refusing(status),
            each(DONE, "url"),
            times=2,
        )
        for status in ("500 Oops", "503 Busy", "502 Bad", "429 Slow")
    ),
    *(
        Row("B20", f"a picture cut at {share}, twice", cut(share), each(DONE, "url"), times=2)
        for share in (0.1, 0.9)
    ),
    Row("B20", "a picture that never comes in one piece", in_pieces(0.3), each(DONE, "url")),
)

ROWS = (*HOPS, *LINKS, *OTHERS, *EXPIRED)
