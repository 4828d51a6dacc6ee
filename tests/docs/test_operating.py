"""The documents say what is true."""

from dataclasses import fields
from pathlib import Path

import pytest

from eventhub.config import BadSetting, Settings, from_environment
from eventhub.registration.rules import State

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_stands_in_the_table(name: str) -> None:
    assert f"`EVENTHUB_{name.upper()}`" in (DOCS / "operating.md").read_text()


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_explained(state: State) -> None:
    assert f"`{state.value}`" in (DOCS / "concepts.md").read_text()


def test_production_refuses_to_start_without_a_secret() -> None:
    given = {"EVENTHUB_MODE": "production", "EVENTHUB_MAIL": "smtp://mail.example.org"}
    with pytest.raises(BadSetting, match="SECRET_KEY"):
        from_environment(given)
    assert from_environment({**given, "SECRET_KEY": "x" * 32}).mode == "production"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("EVENTHUB_MODE", "prod", "EVENTHUB_MODE"),
        ("EVENTHUB_BASE_URL", "events.example.org", "full address"),
        ("EVENTHUB_MAIL", "mail.example.org", "smtp://"),
        ("EVENTHUB_THREADS", "many", "whole number"),
        ("EVENTHUB_WORKERS", "0", "whole number"),
    ],
)
def test_senseless_setting_stops_the_start_with_a_sentence(
    name: str, value: str, said: str
) -> None:
    with pytest.raises(BadSetting, match=said):
        from_environment({name: value})


def test_production_wants_a_mail_server() -> None:
    with pytest.raises(BadSetting, match="mail server"):
        from_environment({"EVENTHUB_MODE": "production", "SECRET_KEY": "x" * 32})
