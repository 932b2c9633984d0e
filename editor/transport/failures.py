"""What went wrong on the wire, in our words: those of the library may hold keys."""

from __future__ import annotations

import ssl
from collections.abc import Callable

import httpx

from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown, Problem
from editor.transport.sentences import (
    CUT,
    NOT_ASKED,
    NOT_FETCHED,
    ODD_ADDRESS,
    PROXY,
    SILENT,
    UNPROVEN,
    UNREACHABLE,
    UPLOAD_STOPPED,
)

WIRE_ERRORS = (httpx.HTTPError, httpx.InvalidURL, TimeoutError)

Told = Callable[[BaseException, str], Problem]
"""Makes the problem of an error and the host that was asked."""


def before_the_last_byte(error: BaseException, host: str, fraction: float) -> Problem:
    """Tell why the request did not leave whole; fraction: of the body that went out."""
    kind = type(error).__name__
    if fraction > 0:
        return NotSent(UPLOAD_STOPPED, host=host, percent=int(100 * fraction), details=kind)
    if isinstance(error, httpx.ProxyError):
        return NotSent(PROXY, host=host, details=kind)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return NotSent(ODD_ADDRESS, host=host, details=kind)
    if any(isinstance(cause, ssl.SSLError) for cause in _causes(error)):
        return NotSent(UNPROVEN, host=host, details=kind)
    return NotSent(UNREACHABLE, host=host, details=kind)


def after_the_last_byte(error: BaseException, host: str) -> Problem:
    """Tell what is known of a request that went out whole: that it may have been charged."""
    sentence = SILENT if isinstance(error, TimeoutError) else CUT
    return OutcomeUnknown(sentence, host=host, details=type(error).__name__)


def while_fetching(error: BaseException, host: str) -> Problem:
    """Tell that the picture behind a link is missing; the answer that named it is safe."""
    return AnswerUnusable(NOT_FETCHED, host=host, details=type(error).__name__)


def while_polling(error: BaseException, host: str) -> Problem:
    """Tell that a task could not be asked after; it is not ended by that."""
    return OutcomeUnknown(NOT_ASKED, host=host, details=type(error).__name__)


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
