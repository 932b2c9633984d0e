"""Every class of refusal and failure that the loopback provider can act out, by name."""

from __future__ import annotations

from typing import NamedTuple


class No(NamedTuple):
    """One answer without a picture."""

    status: int
    body: object
    media_type: str = "application/json"
    headers: tuple[tuple[str, str], ...] = ()


def openai(
    status: int,
    code: str,
    kind: str,
    message: str,
    headers: tuple[tuple[str, str], ...] = (),
    param: str = "",
) -> No:
    error = {"message": message, "type": kind, "param": param or None, "code": code}
    return No(status, {"error": error}, headers=headers)


USER = "image_generation_user_error"
INVALID = "invalid_request_error"
PAGE = "<html><head><title>{0}</title></head><body><h1>{0}</h1><hr>nginx</body></html>"

REFUSALS = {
    "moderation": openai(
        400, "moderation_blocked", USER, "Your request was rejected by the safety system."
    ),
    "key": openai(401, "invalid_api_key", INVALID, "Incorrect API key provided: sk-fake-****key."),
    "quota": openai(
        429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota."
    ),
    "billing": openai(
        400, "billing_hard_limit_reached", "billing_limit_user_error", "Billing hard limit reached"
    ),
    "verify": openai(
        403, "", INVALID, "Your organization must be verified to use the model `gpt-image-2`."
    ),
    "model": openai(404, "model_not_found", INVALID, "The model `x` does not exist."),
    "rate": openai(
        429,
        "rate_limit_exceeded",
        "input-images",
        "Rate limit reached: Limit 5. Please try again in 12s.",
        (("retry-after", "12"),),
    ),
    "large": No(413, PAGE.format("413 Request Entity Too Large"), "text/html"),
    "server": openai(500, "server_error", "server_error", "The server had an error."),
    "gateway": No(504, PAGE.format("504 Gateway Time-out"), "text/html"),
    "page": No(200, PAGE.format("Please log in"), "text/html"),
    "redirect": No(307, "", "text/plain", (("location", "http://127.0.0.1:9/elsewhere"),)),
    "empty": No(200, "", "application/json"),
    "array": No(200, [], "application/json"),
    "nothing": No(200, {"created": 1, "data": []}, "application/json"),
    "wrapped": No(200, {"code": 40001, "message": "insufficient_credit", "request_id": "r-7"}),
    "text": No(422, {"detail": [{"loc": ["body", "mask"], "msg": "Field required"}]}),
}
