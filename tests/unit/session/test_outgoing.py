"""What would be sent is told as it then is sent."""

from __future__ import annotations

import base64
from pathlib import Path

from editor.imaging.codec import encode_png
from editor.imaging.geometry import Size
from editor.providers.dialect import Call
from editor.session.outgoing import _read
from editor.session.session import Session
from tests.fakes.joining import noise
from tests.fakes.living import Live, answered, opened, paint, scene, wish
from tests.fakes.provider import Provider


def test_what_is_told_is_what_is_sent(live: Live, paid: Provider, tmp_path: Path) -> None:
    paths = [scene(tmp_path / f"{name}.png") for name in ("photo", "lamp")]

    async def script(session: Session) -> None:
        assert await session.sending.outgoing() == ()
        await opened(session, *paths)
        paint(session)
        assert await session.sending.outgoing() == ()
        wish(session, "a red kite like @1", count=2)
        (told,) = await session.sending.outgoing()
        assert (told.host, told.count, told.pictures, told.masked) == ("127.0.0.1", 2, 2, 1)
        assert ("prompt", "a red kite like image 2") in told.fields
        await answered(session, 2)
        seen = paid.log[0]
        assert int(seen.headers["content-length"]) == told.size
        assert [(piece.name, len(piece.data)) for piece in told.pieces] == [
            (name, size) for name, _, _, size in seen.files
        ]
        assert dict(told.fields) == seen.texts
        session.form.set_also(("openai", "gpt-image-1.5"), on=True)
        first, second = await session.sending.outgoing()
        assert (first.model.id, second.model.id) == ("gpt-image-2", "gpt-image-1.5")
        session.form.set_also(("openai", "gpt-image-1.5"), on=False)
        session.form.set_model("acedata", "gpt-image-2")
        session.form.set_value("transport", "json")
        (told,) = await session.sending.outgoing()
        assert (told.pictures, told.masked) == (2, 0)
        session.form.set_model("openai", "gpt-image-2")
        session.form.set_also(("openai", "gpt-image-1.5"), on=True)
        session.covering.go("whole")
        session.painting.fill_all()
        (told, _) = await session.sending.outgoing()
        assert (told.pictures, told.masked) == (2, 0)

    live.run(script)


def test_pictures_in_json_are_told_apart_from_words() -> None:
    picture = encode_png(noise(Size(8, 8)))
    url = "data:image/png;base64," + base64.b64encode(picture).decode()
    body = {
        "prompt": "data: no picture",
        "images": [{"image_url": url}, {"image_url": "https://a.example/x.png"}],
        "odd": ["data:image/png;base64,!!", "data:text/plain;base64,AAAA"],
        "n": 1,
    }
    pieces, fields = _read(Call("POST", "https://a.example", json=body))
    assert [(piece.name, piece.data) for piece in pieces] == [("images[0].image_url", picture)]
    assert dict(fields)["images[1].image_url"] == "https://a.example/x.png"
    assert dict(fields)["n"] == "1"
    assert len(fields) == 5
