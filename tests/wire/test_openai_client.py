"""Our forms beside those that the vendor's own Python client sends for the same edit.

The client talks to a captured transport; nothing leaves the process. Order aside, which servers
may rely on and ours guarantees, every part must be the same: name, file name, type and bytes.
"""

from email.parser import BytesParser
from email.policy import HTTP

import httpx2
import openai
import pytest

from editor.capability.catalog import load
from editor.edits.framing import frame
from editor.providers.table import dialect
from editor.transport.upload import request_for
from tests.wire.test_requests import WISHES, wish

PROVIDER = load().provider("openai")
FORMS = {name: each for name, each in WISHES.items() if each.settings.get("transport") != "json"}
FORMS["everything"] = wish(
    "gpt-image-2.6-sunburst",
    settings={
        "quality": "xhigh",
        "background": "opaque",
        "complexity": "high",
        "output_format": "jpeg",
        "output_compression": 7,
        "moderation": "low",
        "safety_identifier": "a1",
        "user": "ü 1",
    },
)

NOT_IN_THE_CLIENT = {"moderation"}
"""Documented for JSON and in the guide; the client lets it through as a further field."""

EVENTS = b'event: image_edit.completed\ndata: {"type":"image_edit.completed","b64_json":"AA=="}\n\n'


def parts(content_type: str, body: bytes) -> list[tuple[str, str, str, bytes]]:
    """The parts of a form: name, file name, media type, content."""
    message = BytesParser(policy=HTTP).parsebytes(
        b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body
    )
    found = []
    for part in message.iter_parts():
        named = part["Content-Disposition"].params
        kind = part.get_content_type() if "filename" in named else ""
        content = part.get_payload(decode=True)
        found.append((named["name"], named.get("filename", ""), kind, content))
    return found


def clients_own(call) -> httpx2.Request:
    """What the client sends when it is asked for the same."""
    heard: list[httpx2.Request] = []

    def answered(request: httpx2.Request) -> httpx2.Response:
        request.read()
        heard.append(request)
        if b'name="stream"' in request.content:
            return httpx2.Response(
                200, headers={"content-type": "text/event-stream"}, content=EVENTS
            )
        return httpx2.Response(200, json={"created": 1, "data": [{"b64_json": "AA=="}]})

    files = [
        (part.filename, part.content, part.media_type)
        for part in call.form
        if part.filename and part.name != "mask"
    ]
    masks = [
        (part.filename, part.content, part.media_type) for part in call.form if part.name == "mask"
    ]
    texts = {part.name: typed(part.content) for part in call.form if not part.filename}
    extra = {name: texts.pop(name) for name in NOT_IN_THE_CLIENT & texts.keys()}
    more = {"mask": masks[0]} if masks else {}
    transport = httpx2.MockTransport(answered)
    with (
        httpx2.Client(transport=transport) as http,
        openai.OpenAI(api_key="sk-fake", base_url=PROVIDER.base_url, http_client=http) as client,
    ):
        image = files[0] if len(files) == 1 else files
        answer = client.images.edit(image=image, **texts, **more, extra_body=extra)
        if texts.get("stream"):
            assert [event.type for event in answer] == ["image_edit.completed"]
    (request,) = heard
    return request


def typed(text: str) -> object:
    """A value as the client's signature wants it."""
    if text in {"true", "false"}:
        return text == "true"
    return int(text) if text.isdigit() else text


@pytest.mark.parametrize("name", FORMS)
def test_our_form_is_the_clients_form(name):
    edit = FORMS[name]
    model = PROVIDER.model(edit.model)
    (call,) = dialect(PROVIDER.dialect).encode(frame(edit, model), PROVIDER, model)
    ours, theirs = request_for(call, {}), clients_own(call)
    assert (call.method, call.url) == (theirs.method, str(theirs.url))
    mine = parts(ours.headers["content-type"], ours.read())
    other = parts(theirs.headers["content-type"], theirs.content)
    assert sorted(mine) == sorted(other)
    assert ours.headers["content-length"] == str(len(ours.read()))


def test_the_comparison_would_see_a_difference():
    edit = FORMS["masked"]
    model = PROVIDER.model(edit.model)
    (call,) = dialect(PROVIDER.dialect).encode(frame(edit, model), PROVIDER, model)
    request = clients_own(call)
    theirs = parts(request.headers["content-type"], request.content)
    assert {name for name, *_ in theirs} == {part.name for part in call.form}
    assert all(content for *_, content in theirs)
