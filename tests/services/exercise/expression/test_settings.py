"""Settings of the exercise: complete with nothing set, and a mistake is named with what to do."""

import pytest

from core.config import Site, settings


def test_with_nothing_set_it_is_offered_in_a_clinic_and_no_server_outside_is_asked() -> None:
    found = settings()
    assert (found.expression, found.site, found.ice_servers) == (True, Site.CLINIC, ())


def test_ice_servers_are_handed_on_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    relay = '[{"urls": "turn:relay.example:3478", "username": "u", "credential": "c"}]'
    monkeypatch.setenv("ICE_SERVERS", relay)
    assert settings().ice_servers == ({"urls": "turn:relay.example:3478", "username": "u", "credential": "c"},)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("EXPRESSION", "perhaps", "EXPRESSION is 'perhaps'; expected off or on"),
        ("SITE", "school", "SITE is 'school'; expected home, work, education or clinic"),
        ("ICE_SERVERS", "turn:relay.example", "ICE_SERVERS is not a JSON list"),
        ("ICE_SERVERS", '[{"url": "turn:relay.example"}]', "ICE_SERVERS is not a JSON list of servers with urls"),
    ],
)
def test_a_mistake_stops_the_start(monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SystemExit, match=said):
        settings()
