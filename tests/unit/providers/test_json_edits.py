from editor.capability.catalog import load
from editor.providers.json_edits import JsonEdits
from editor.providers.json_form import json_call
from tests.fakes.framing import framed


def test_json_whatever_the_setting_says():
    provider = load().provider("openai")
    model = provider.model("gpt-image-2")
    for edit in (framed(), framed(transport="form")):
        assert JsonEdits().encode(edit, provider, model) == [json_call(edit, provider, model)]
