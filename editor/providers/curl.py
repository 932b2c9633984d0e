"""A call as a command for curl, with the key left out, and the files that the command reads."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.capability.provider import Provider
from editor.providers.dialect import Call

BODY = "request.json"
"""The file that holds a JSON body."""

_KEYS = {"bearer": "Authorization: Bearer", "api-key": "api-key:", "key": "Authorization: Key"}
_SECRET = re.compile("auth|key|token|secret|cookie|pass", re.IGNORECASE)
_VARIABLE = re.compile("[A-Z_][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Command:
    """What to type in a POSIX shell, in the folder that holds the files, by name."""

    text: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def curl(call: Call, provider: Provider) -> Command:
    """The same request as the transport makes; the shell puts the key in from its variable.

    Constant headers whose names speak of keys are shown without their values.
    """
    lines = [f"curl {shlex.quote(call.url)}"]
    if provider.auth != "none":
        lines.append(f'-H "{_KEYS[provider.auth]} {_variable(provider.key_name)}"')
    for name, value in {**provider.headers, **call.headers}.items():
        shown = "HIDDEN" if _SECRET.search(name) else value
        lines.append(f"-H {shlex.quote(f'{name}: {shown}')}")
    files: dict[str, bytes] = {}
    if call.form:
        lines += _form(call, files)
    elif call.json is not None:
        files[BODY] = json.dumps(call.json).encode()
        lines += ["-H 'Content-Type: application/json'", f"--data-binary @{BODY}"]
    elif call.method == "POST":
        lines.append("-X POST")
    return Command(" \\\n  ".join(lines), files)


def _form(call: Call, files: dict[str, bytes]) -> list[str]:
    """The parts in their order; a text is never taken for the name of a file."""
    lines = []
    for part in call.form:
        content = part.content.encode() if isinstance(part.content, str) else part.content
        if not part.filename:
            lines.append(f"--form-string {shlex.quote(f'{part.name}={content.decode()}')}")
            continue
        files[part.filename] = content
        kind = f";type={part.media_type}" if part.media_type else ""
        lines.append(f"-F {shlex.quote(f'{part.name}=@{part.filename}{kind}')}")
    return lines


def _variable(name: str) -> str:
    return f"${name}" if _VARIABLE.fullmatch(name) else "YOUR_KEY"
