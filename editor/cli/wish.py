"""What is asked for on the line of `frisket edit`, its flags taken from the capability table."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from editor.capability.catalog import Catalog
from editor.capability.field import Value
from editor.capability.flags import add_flags, settings_from
from editor.capability.provider import Model, Provider
from editor.cli.parser import add_base_url, add_json, add_over_cap, new
from editor.edits.request import Frame

ABOUT = (
    "Change what a mask marks and nothing else. The first IMAGE is edited, the others are\n"
    "references, spoken of as @1, @2 in the prompt. Every variant is written as a finished\n"
    "picture in the depth and profile of the source, with the raw answer and its recipe beside it."
)
MORE = """\
The settings above are those of {model}; --provider and --model choose others:
  frisket edit --provider openai --model gpt-image-2.6-flare --help
Without a provider the edit is done on this computer: it removes what is painted.

examples:
  frisket edit photo.jpg --mask mask.png --out finished
  frisket edit photo.jpg --mask mask.png --provider openai --prompt "a red jacket" --count 3 \\
      --out finished"""


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of `frisket edit`, read.

    mask: None for the whole picture, or with own_alpha for what is clear in it. embed: the
    finished picture tells its recipe too. over_cap: it may cost more than the month was to.
    """

    images: tuple[Path, ...]
    mask: Path | None
    prompt: str
    provider: Provider
    model: Model
    settings: Mapping[str, Value]
    frame: Frame
    out: Path
    as_json: bool
    embed: bool = False
    over_cap: bool = False
    own_alpha: bool = False

    @property
    def count(self) -> int:
        """How many variants are asked for."""
        return int(self.settings.get("count", 1))


def read(argv: Sequence[str], catalog: Catalog) -> Wish:
    """Read the line. Raises InputProblem for an unknown provider or model, SystemExit for usage."""
    provider, model = _chosen(argv, catalog)
    parser = _parser(model)
    arguments = parser.parse_intermixed_args(argv)
    nothing_said = arguments.mask is None and not arguments.whole
    own_alpha = nothing_said and provider.own_alpha
    if not own_alpha and (nothing_said or (arguments.whole and model.needs_mask)):
        other = "" if model.needs_mask else ", or --whole to change everything"
        parser.error(f"say what may change with --mask M.png{other}")
    settings = settings_from(arguments, model)
    if model.needs_prompt and not str(settings.get("prompt", "")).strip():
        parser.error('say what should be there instead with --prompt "..."')
    if arguments.base_url:
        provider = replace(provider, base_url=arguments.base_url)
    return Wish(
        images=tuple(arguments.images),
        mask=arguments.mask,
        prompt=str(settings.pop("prompt", "")),
        provider=provider,
        model=model,
        settings=settings,
        frame=Frame(arguments.frame),
        out=arguments.out,
        as_json=arguments.json,
        embed=arguments.embed_recipe,
        over_cap=arguments.over_cap,
        own_alpha=own_alpha,
    )


def _chosen(argv: Sequence[str], catalog: Catalog) -> tuple[Provider, Model]:
    """Provider and model come first: they decide which flags there are."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--provider", default="offline")
    parser.add_argument("--model")
    arguments, _ = parser.parse_known_args(argv)
    provider = catalog.provider(arguments.provider)
    return provider, provider.model(
        provider.models[0].id if arguments.model is None else arguments.model
    )


def _parser(model: Model) -> ArgumentParser:
    parser = new("edit", ABOUT, MORE.format(model=model.label))
    add = parser.add_argument
    add("images", nargs="+", type=Path, metavar="IMAGE", help="The target, then references.")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--mask", type=Path, metavar="M.png", help="What may change, as any mask.")
    which.add_argument("--whole", action="store_true", help="Everything may change.")
    add("--provider", metavar="ID", help="Who does the work; frisket models lists them.")
    add("--model", metavar="NAME", help="The provider's model; its first one if not given.")
    add(
        "--frame",
        choices=[frame.value for frame in Frame],
        default=Frame.BALANCED.value,
        help="How much around the mask is sent. Usually balanced.",
    )
    add("--out", type=Path, required=True, metavar="DIR", help="Where results are written.")
    add("--embed-recipe", action="store_true", help="The file tells its recipe too, with prompt.")
    add_base_url(parser)
    add_over_cap(parser)
    add_json(parser)
    add_flags(parser, model.fields)
    return parser
