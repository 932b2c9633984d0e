"""The aa.com.cn dialect: JSON out, and an envelope with a code, links and a task back."""

from __future__ import annotations

from collections.abc import Iterator

from editor.edits.events import Event
from editor.providers.answer import STREAM, heard, told, unfolded
from editor.providers.body import parsed
from editor.providers.dialect import Call, Message
from editor.providers.json_edits import JsonEdits


class Aa(JsonEdits):
    """A code other than 0 is an error whatever the status; no links and a task is pending."""

    def decode(self, message: Message) -> Iterator[Call | Event]:
        """Pictures, or calls that lead to them. Raises what went wrong."""
        whole = message.call.purpose == "submit" and message.media_type != STREAM
        if whole and 200 <= message.status < 300:
            yield from told(message, unfolded(parsed(message)))
        else:
            yield from heard(message)
