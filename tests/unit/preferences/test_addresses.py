"""Another address for a provider comes from the environment."""

from editor.preferences.addresses import address_for


def test_an_address_is_found_by_the_providers_id() -> None:
    environ = {"FRISKET_URL_MY_GATEWAY": " http://127.0.0.1:8080/v1/ \n"}
    assert address_for("my-gateway", environ) == "http://127.0.0.1:8080/v1"


def test_without_one_the_providers_own_is_asked() -> None:
    assert address_for("openai", {}) == ""
