"""What is told of a call that failed; read where the network itself is not needed."""

from __future__ import annotations

UNREACHABLE = "Couldn't reach {host}; nothing was sent and nothing was charged."
UNPROVEN = "{host} could not prove who it is; nothing was sent and nothing was charged."
PROXY = "The proxy did not let the request through to {host}; nothing was sent or charged."
UPLOAD_STOPPED = "The upload to {host} stopped at {percent} %; nothing was charged."
SILENT = "No answer from {host} in time. It may have been charged; nothing is sent again by itself."
CUT = "{host} broke off its answer. It may have been charged; nothing is sent again by itself."
ODD_ADDRESS = "{host} is not an address that can be asked; nothing was sent."
NO_PLACE = "The disk has no place to keep the answer, so nothing was sent. Free some space."
NOT_FETCHED = "The finished picture could not be fetched from {host}; the answer is kept."
NOT_ASKED = "{host} could not be asked how far the edit is; it goes on there meanwhile."
TOO_LARGE = "The answer of {host} is larger than {megabytes} MB; what came of it is kept."
ENCODED = "The answer of {host} is packed in a way nobody asked for; it is kept as it came."
