"""frisket models: the capability table, for people or for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import assert_never

from editor.capability.field import Choice, Field
from editor.capability.limits import ANY_RATIO, Anything, Fixed, Free, SizeRule
from editor.capability.price import estimate
from editor.capability.provider import Model, Provider
from editor.capability.rates import Tokens
from editor.cli.output import Output
from editor.cli.parser import add_json, new
from editor.cli.table import table
from editor.errors import InputProblem
from editor.imaging.geometry import Size
from editor.preferences.secrets import look_up

ABOUT = "List providers and models: what they take, what they can do and what they cost."
MORE = "Prices are estimates for one result of 1024 x 1024 and one picture sent, in USD."
_SQUARE = Size(1024, 1024)


def run(argv: Sequence[str]) -> int:
    """Print the table."""
    parser = new("models", ABOUT, MORE)
    parser.add_argument("--provider", metavar="ID", help="Only the models of this provider.")
    add_json(parser)
    arguments = parser.parse_args(argv)
    output = Output(as_json=arguments.json)
    catalog = table()
    providers = catalog.providers
    if arguments.provider is not None:
        providers = (catalog.provider(arguments.provider),)
    for problem in catalog.left_out():
        output.note(str(problem))
    for provider in providers:
        key = _key(provider)
        if not arguments.json:
            output.result(_headed(provider, key), {})
        for model in provider.models:
            output.result("\n".join(_lines(model)), _recorded(provider, model) | {"key": key})
    return 0


def _key(provider: Provider) -> str:
    """Where the key of a provider is: "environment", "keyring", "none", or "unneeded"."""
    if provider.auth == "none":
        return "unneeded"
    try:
        held = look_up(provider.id)
    except InputProblem:  # there is one that cannot be sent, which sending will say
        return "none"
    return held.where if held else "none"


def _headed(provider: Provider, key: str) -> str:
    if provider.engine == "offline":
        return f"{provider.id}: {provider.label}, no network and no key"
    told = {"unneeded": "no key needed", "none": f"no key yet, it may be in {provider.key_name}"}
    place = provider.base_url or "an address of your own (--base-url)"
    note = f"\n  {provider.note}" if provider.note else ""
    return f"{provider.id}: {provider.label}, {place}, {told.get(key, f'key: {key}')}{note}"


def _lines(model: Model) -> Iterator[str]:
    until = f", until {model.until}" if model.until else ""
    yield f"  {model.id}: {model.label}{until}"
    if model.doubt:
        yield f"    doubtful: {model.doubt}"
    yield f"    sizes: {_sizes(model.limits.sizes)}"
    if model.limits.references:
        yield f"    pictures: {model.limits.pictures}"
    quality = model.field("quality")
    if isinstance(quality, Choice):
        yield f"    quality: {', '.join(quality.choices)}"
    prices = _prices(model)
    if prices["draft"] is None:
        yield "    price: unknown"
    elif prices["final"]:
        yield f"    price: about ${prices['draft']:.3f} draft, ${prices['final']:.3f} final"
    else:
        yield "    price: none"
    for field in model.fields:
        if field.off:
            yield f"    {field.name}: off. {field.off}"
        elif field.doubt:
            yield f"    {field.name}: left alone unless named. {field.doubt}"


def _sizes(rule: SizeRule) -> str:
    match rule:
        case Anything():
            return "any"
        case Fixed():
            return ", ".join(f"{width}x{height}" for width, height in rule.sizes)
        case Free():
            grid = f"multiples of {rule.multiple} up to {rule.longest}"
            if rule.ratio >= ANY_RATIO:
                return f"{grid}, up to {rule.most:,} pixels"
            return f"{grid}, {rule.least:,} to {rule.most:,} pixels, at most {rule.ratio:g}:1"
        case _:
            assert_never(rule)


def _prices(model: Model) -> dict[str, float | None]:
    return {
        name: estimate(model, model.presets.get(name, {}), _SQUARE, 1)
        for name in ("draft", "final")
    }


def _recorded(provider: Provider, model: Model) -> dict[str, object]:
    prices: dict[str, object] = {**_prices(model)}
    if isinstance(model.prices, Tokens):
        prices["doubt"] = model.prices.doubt
    return {
        "provider": provider.id,
        "model": model.id,
        "label": model.label,
        "status": model.status,
        "until": model.until.isoformat() if model.until else None,
        "doubt": model.doubt,
        "source": model.source,
        "mask": model.mask,
        "needs_mask": model.needs_mask,
        "needs_prompt": model.needs_prompt,
        "limits": {**asdict(model.limits), "sizes": _sizes(model.limits.sizes)},
        "presets": {name: dict(values) for name, values in model.presets.items()},
        "price": prices,
        "fields": [_field(field) for field in model.fields],
    }


def _field(field: Field) -> dict[str, object]:
    told = {key: value for key, value in asdict(field).items() if key != "rule"}
    return {"kind": type(field).__name__.lower(), **told}
