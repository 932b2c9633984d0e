"""Each provider that loopback plays takes what its documents show, and nothing that they forbid."""

import base64
import io
import json

import httpx
import pytest
from PIL import Image

from tests.fakes.provider import KEY, Play

BEARER = {"Authorization": f"Bearer {KEY}"}


def png(side=1024, colour=(10, 20, 30, 255)):
    stream = io.BytesIO()
    Image.new("RGBA", (side, side), colour).save(stream, "PNG")
    return stream.getvalue()


def mask(side=1024):
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 255))
    picture.paste((255, 255, 255, 0), (10, 10, side // 2, side // 2))
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def form(*files, **texts):
    parts = [(name, (None, value)) for name, value in ({"prompt": "p"} | texts).items()]
    return [*parts, *((name, (filename, data, "image/png")) for name, filename, data in files)]


def image(data=None):
    return ("image", "image-1.png", png() if data is None else data)


MASK = ("mask", "mask.png", mask())


def address(data):
    return "data:image/png;base64," + base64.b64encode(data).decode()


def post(provider, path, parts=None, body=None, headers=BEARER):
    return httpx.post(
        provider.root + path, files=parts, json=body, headers=headers, trust_env=False, timeout=20
    )


def picture(answer):
    return Image.open(io.BytesIO(answer))


def followed(url):
    return httpx.get(url, trust_env=False).content


ACE, OTHER_ACE = "/acedata/openai/images/edits", "/acedata/v1/images/edits"
AA = "/aa/api/v1/image/generation"
APPLE = "/applerouter/v1/images/edits/"
COMPATIBLE = "/openai-compatible/v1/images/edits"


def gpt(**more):
    return {
        "prompt": "p",
        "model": "gpt-image-1.5",
        "images": [{"image_url": address(png())}],
    } | more


@pytest.mark.parametrize("path", [ACE, OTHER_ACE])
def test_acedata_answers_with_a_link_and_its_task(provider, path):
    told = post(provider, path, form(image(), MASK, model="gpt-image-2", n="3")).json()
    assert {*told} == {"success", "task_id", "trace_id", "created", "data", "elapsed"}
    (only,) = told["data"]  # n does nothing there
    assert picture(followed(only["url"])).size == (1024, 1024)


def test_acedata_takes_addresses_of_pictures_and_no_mask_in_json(provider):
    known = {"prompt": "p", "model": "gpt-image-1", "image": provider.put(png())}
    told = post(provider, ACE, body=known | {"response_format": "b64_json"}).json()
    assert picture(base64.b64decode(told["data"][0]["b64_json"])).size == (1024, 1024)
    assert post(provider, ACE, body=known | {"mask": provider.put(mask())}).status_code == 400
    assert post(provider, ACE, body=known | {"n": "1"}).status_code == 400


@pytest.mark.parametrize("by", [{"id": "task-1"}, {"trace_id": "trace-task-1"}])
def test_acedata_keeps_a_task_until_it_is_asked_for(provider, by):
    provider.play(Play(pending=1))
    parts = form(image(), model="gpt-image-2", **{"async": "true"})
    assert post(provider, ACE, parts).json() == {"task_id": "task-1"}
    tasks, query = "/acedata/openai/tasks", {"action": "retrieve", **by}
    assert "response" not in post(provider, tasks, body=query).json()
    told = post(provider, tasks, body=query).json()["response"]
    assert told["success"]
    assert followed(told["data"][0]["url"])
    assert post(provider, tasks, body={"action": "retrieve", "id": "nobody"}).json() == {}
    assert post(provider, tasks, body=query, headers={}).status_code == 401
    assert sum(provider.charges.values()) == 1


def test_the_bananas_answer_in_jpeg_and_do_not_know_the_time(provider):
    told = post(provider, ACE, form(image(), model="nano-banana")).json()
    assert told["created"] == 0
    assert picture(followed(told["data"][0]["url"])).format == "JPEG"


@pytest.mark.parametrize(
    ("size", "status"), [("16x16", 200), ("4096x16", 400), ("3840x2176", 400), ("24x16", 400)]
)
def test_acedata_has_its_own_rule_of_sizes(provider, size, status):
    parts = form(image(), model="gpt-image-2", size=size)
    assert post(provider, ACE, parts).status_code == status


def test_aa_answers_in_its_envelope(provider):
    body = gpt(mask={"image_url": address(mask())}, n=2, stream=True, partial_images=2)
    told = post(provider, AA, body=body).json()
    assert (told["code"], told["data"]["task_status"]) == (0, "succeed")
    assert len({followed(url) for url in told["data"]["urls"]}) == 2
    assert told["data"]["usage"]["images"] == 2


def test_aa_may_name_a_task_alone(provider):
    provider.play(Play(pending=1, inline=True))
    told = post(provider, AA, body=gpt()).json()["data"]
    assert (told["urls"], told["task_status"]) == ([], "processing")
    query = f"{provider.root}/aa/api/v1/image/tasks/{told['task_id']}"
    answers = [httpx.get(query, headers=BEARER, trust_env=False).json() for _ in "ab"]
    assert answers[0]["data"]["urls"] == []
    assert answers[1]["data"]["urls"][0].startswith("data:image/png;base64,")


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "gpt-image-2"},
        {"partial_images": "2"},
        {"size": "512x512"},
        {"images": [address(png())]},
        {"images": [{"image_url": "https://elsewhere.example/a.png"}]},
        {"images": [{"image_url": "data:image/png;base64,%%"}]},
        {"images": [{"image_url": address(png()), "file_id": "f"}]},
        {"response_format": "url"},
        {"n": True},
    ],
)
def test_aa_says_no_with_status_200_and_a_code(provider, wrong):
    answer = post(provider, AA, body=gpt(**wrong))
    assert (answer.status_code, answer.json()["code"]) == (200, 40000)
    assert not provider.charges


def test_aa_reads_no_form(provider):
    assert post(provider, AA, form(image(), model="gpt-image-1.5")).json()["code"] == 40000


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        (form(image(png(256)), ("mask", "mask.png", mask(256)), model="dall-e-2", n="2"), 200),
        (form(image(png(256, (1, 2, 3, 0))), model="dall-e-2"), 200),
        (form(image(png(256)), model="dall-e-2"), 400),
        (form(image(), MASK, model="dall-e-2", prompt="x" * 1001), 400),
        (form(image(), MASK, model="dall-e-2", quality="low"), 400),
        (form(image(), MASK, model="dall-e-2", size="1536x1024"), 400),
        (form(image(), MASK, model="dall-e-2", n="11"), 400),
        (form(image(), ("image", "image-2.png", png()), model="dall-e-2"), 400),
    ],
)
def test_applerouter_has_the_limits_of_the_old_model(provider, parts, status):
    answer = post(provider, APPLE, parts)
    assert answer.status_code == status
    if status == 200:
        assert {*answer.json()} == {"created", "data"}
        assert followed(answer.json()["data"][0]["url"])


def test_applerouter_insists_on_its_slash(provider):
    assert post(provider, APPLE[:-1], form(image(), MASK, model="dall-e-2")).status_code == 400


@pytest.mark.parametrize(
    ("model", "more", "status"),
    [
        ("gpt-image-1", {"input_fidelity": "high", "background": "opaque"}, 200),
        ("gpt-image-1", {"response_format": "url"}, 400),
        ("dall-e-2", {"response_format": "b64_json"}, 200),
        ("dall-e-2", {"input_fidelity": "high"}, 400),
        ("dall-e-2", {"size": "256x256"}, 200),
        ("gpt-image-1", {"size": "256x256"}, 400),
    ],
)
def test_a_compatible_server_knows_two_models(provider, model, more, status):
    assert (
        post(provider, COMPATIBLE, form(image(), MASK, model=model, **more)).status_code == status
    )


def test_openai_also_takes_json(provider):
    body = gpt(mask={"image_url": address(mask())}, stream=True, partial_images=1)
    answer = post(provider, "/v1/images/edits", body=body)
    assert answer.text.count("event: image_edit.partial_image") == 1
    assert provider.log[0].files[-1][:3] == ("mask", "mask.png", "image/png")
    assert post(provider, "/v1/images/edits", body=gpt(n="1")).status_code == 400
    twins = json.dumps(gpt())[:-1] + ', "prompt": "q"}'
    headers = BEARER | {"Content-Type": "application/json"}
    url = provider.root + "/v1/images/edits"
    assert httpx.post(url, content=twins, headers=headers, trust_env=False).status_code == 400


@pytest.mark.parametrize(
    ("mount", "headers"),
    [("", BEARER), ("/api-key", {"api-key": KEY}), ("/key", {"Authorization": f"Key {KEY}"})],
)
def test_the_key_stands_where_the_provider_wants_it(provider, mount, headers):
    url = provider.root + mount + "/v1/models"
    names = [
        model["id"] for model in httpx.get(url, headers=headers, trust_env=False).json()["data"]
    ]
    assert "gpt-image-2" in names
    assert httpx.get(url, headers={"x-api-key": KEY}, trust_env=False).status_code == 401
    assert not provider.charges
