"""An edit as a multipart form: text parts first, then the pictures, the mask last."""

from __future__ import annotations

from editor.capability.provider import Model, Provider
from editor.edits.framing import Framed
from editor.providers.dialect import Call, Part
from editor.providers.files import mask_file, picture_file
from editor.providers.wish import address, parameters


def form_call(edit: Framed, provider: Provider, model: Model) -> Call:
    """One multipart POST; pictures travel as bare PNG under neutral names.

    The prompt stands before the mask: an old server reads the mask by it. Raises InputProblem.
    """
    form = [Part("model", model.id), Part("prompt", edit.request.prompt)]
    for name, value in parameters(edit, provider, model).items():
        form.append(Part(name, _written(value)))
    rasters = (edit.source, *edit.references)
    name = _image_name(provider, len(rasters))
    for number, raster in enumerate(rasters, 1):
        data = picture_file(raster, provider, model.limits.picture_bytes)
        form.append(Part(name, data, f"image-{number}.png", "image/png"))
    if mask := mask_file(edit.mask, provider, model.limits.mask_bytes):
        form.append(Part(provider.mask_field, mask, "mask.png", "image/png"))
    address_of_task = provider.url(provider.poll) if provider.poll else ""
    return Call("POST", address(edit, provider, model), form=form, poll=address_of_task)


def _image_name(provider: Provider, pictures: int) -> str:
    """Repeating plain `image` is an error at OpenAI; `image[]` for one is an error elsewhere."""
    if provider.image_field != "auto":
        return provider.image_field
    return "image" if pictures == 1 else "image[]"


def _written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
