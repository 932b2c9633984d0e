"""The recipe that is written beside a finished picture: what was asked, of what, with what."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version

from editor import __version__
from editor.cli.pictures import MaskFile, Source
from editor.compose.recipe import Recipe
from editor.edits.request import EditRequest
from editor.edits.variant import Variant

FORMAT = 1
_LIBRARIES = ("numpy", "opencv-contrib-python-headless", "pillow")


def recipe_text(
    sources: tuple[Source, ...],
    mask: MaskFile | None,
    request: EditRequest,
    variant: Variant,
    files: Mapping[str, Mapping[str, object]],
) -> str:
    """Everything one variant came from, as JSON.

    sources: target and references. files: what was written, by what it is.
    """
    recipe = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "source": _picture(sources[0]),
        "references": [_picture(source) for source in sources[1:]],
        "mask": {"file": str(mask.path), "sha256": mask.digest} if mask else None,
        "provider": variant.provider,
        "model": variant.model,
        "prompt": request.prompt,
        "settings": dict(variant.requested),
        "effective": dict(variant.effective),
        "frame": request.frame.value,
        "window": list(variant.placement.window),
        "sent": list(variant.placement.sent),
        "join": {"feather": Recipe.of(variant).feather},
        **files,
        "price": variant.price,
        "seconds": round(variant.seconds, 3),
        "versions": _versions(),
    }
    return json.dumps(recipe, indent=2) + "\n"


def _picture(source: Source) -> dict[str, object]:
    width, height = source.opened.facts.size
    return {
        "file": str(source.path),
        "sha256": source.opened.digest,
        "width": width,
        "height": height,
    }


def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in _LIBRARIES}
    return {"frisket": __version__, "python": platform.python_version(), **libraries}
