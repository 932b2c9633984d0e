"""Errors of the library in our own words, and never in theirs."""

import ssl

import httpx
import pytest

from editor.errors import AnswerUnusable, NotSent, OutcomeUnknown
from editor.transport import failures, sentences

SECRET = "Illegal header value b'Bearer sk-secret'"


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "fraction", "sentence"),
    [
        (httpx.ConnectError(SECRET), 0.0, sentences.UNREACHABLE),
        (httpx.ConnectTimeout(SECRET), 0.0, sentences.UNREACHABLE),
        (httpx.LocalProtocolError(SECRET), 0.0, sentences.UNREACHABLE),
        (TimeoutError(SECRET), 0.0, sentences.UNREACHABLE),
        (httpx.ProxyError(SECRET), 0.0, sentences.PROXY),
        (httpx.InvalidURL(SECRET), 0.0, sentences.ODD_ADDRESS),
        (httpx.UnsupportedProtocol(SECRET), 0.0, sentences.ODD_ADDRESS),
        (caused(httpx.ConnectError(SECRET), ssl.SSLError(SECRET)), 0.0, sentences.UNPROVEN),
        (httpx.WriteError(SECRET), 0.4, sentences.UPLOAD_STOPPED),
        (TimeoutError(SECRET), 0.999, sentences.UPLOAD_STOPPED),
    ],
)
def test_before_the_last_byte_nothing_was_charged(error, fraction, sentence):
    told = failures.before_the_last_byte(error, "api.example", fraction)
    assert (type(told), told.template) == (NotSent, sentence)
    assert told.details == type(error).__name__
    assert "secret" not in str(told)
    assert len(str(told)) <= 160
    assert told.values.get("percent", 0) == int(100 * fraction)


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (TimeoutError(), sentences.SILENT),
        (httpx.ReadError(SECRET), sentences.CUT),
        (httpx.RemoteProtocolError(SECRET), sentences.CUT),
    ],
)
def test_after_the_last_byte_nobody_knows(error, sentence):
    told = failures.after_the_last_byte(error, "api.example")
    assert (type(told), told.template) == (OutcomeUnknown, sentence)
    assert told.details == type(error).__name__
    assert len(str(told)) <= 160


def test_a_picture_that_cannot_be_fetched_leaves_its_answer():
    told = failures.while_fetching(httpx.ReadError(SECRET), "cdn.example")
    assert (type(told), told.template) == (AnswerUnusable, sentences.NOT_FETCHED)


def test_an_error_that_caused_itself_is_looked_at_once():
    error = httpx.ConnectError("a")
    other = ValueError("b")
    error.__context__, other.__context__ = other, error
    told = failures.before_the_last_byte(error, "api.example", 0.0)
    assert told.template == sentences.UNREACHABLE
