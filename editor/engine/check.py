"""Check: a key is tried out by asking its provider what costs nothing."""

from __future__ import annotations

from editor.capability.provider import Model, Provider
from editor.capability.sentence import Sentence
from editor.errors import NotSent
from editor.preferences.secrets import Secret
from editor.providers.checking import Verdict, question, second_question, untestable, verdict
from editor.transport.free import asked

NOT_REACHED = "Couldn't reach {host}. Look at the address and the network."
UNPROVEN = "{host} could not prove who it is; the key was not sent."
PROXY = "The proxy did not let the question through to {host}."


async def checked(provider: Provider, model: Model, key: Secret | None) -> Verdict:
    """Ask for what the key may do, and for the model where it is listed; never raises NotSent."""
    first = question(provider)
    if first is None:
        return untestable()
    try:
        answer = await asked(first, provider, key)
        second = second_question(model, answer)
        told = await asked(second, provider, key) if second else None
    except NotSent as problem:
        return _unreached(problem)
    return verdict(provider, model, answer, told)


def _unreached(problem: NotSent) -> Verdict:
    """The same news without a word about what was sent and charged: nothing could be."""
    from editor.transport import sentences

    sentence = {sentences.UNPROVEN: UNPROVEN, sentences.PROXY: PROXY}
    template = sentence.get(problem.template, NOT_REACHED)
    if "host" not in problem.values:
        return Verdict("error", Sentence(problem.template, **problem.values), problem.details)
    return Verdict("error", Sentence(template, host=problem.values["host"]), problem.details)
