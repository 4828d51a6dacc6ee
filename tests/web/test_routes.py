"""Routes build the addresses that Werkzeug's own do, and get ready when first asked."""

import pytest
from flask import Flask
from werkzeug.routing import Map, Rule

from eventhub.web.routes import LazyRule

ROUTES = ("/<lang>/<slug>/programme", "/<any(rooms, tracks):place>/<ref>.ics", "/c/<int:number>")
VALUES = (
    {"lang": "zh", "slug": "xiamen-2024", "day": "2 April & more"},
    {"place": "rooms", "ref": "é/?"},
    {"number": 7},
)


def built(kind: type[Rule]) -> list[str]:
    routes = Map([kind(path, endpoint=str(n)) for n, path in enumerate(ROUTES)]).bind("localhost")
    return [routes.build(str(n), values) for n, values in enumerate(VALUES)]


def test_addresses_are_those_of_werkzeug() -> None:
    assert built(LazyRule) == built(Rule)
    assert built(LazyRule) == built(LazyRule), "a second call finds what the first compiled"


def test_nothing_is_compiled_before_an_address_is_asked_for(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    plain = Rule._compile_builder

    def noted(rule: Rule, append_unknown: bool = True) -> object:
        compiled.append(rule.rule)
        return plain(rule, append_unknown)

    monkeypatch.setattr(Rule, "_compile_builder", noted)
    routes = Map([LazyRule(path, endpoint=path) for path in ROUTES])
    assert compiled == []
    routes.bind("localhost").build("/c/<int:number>", {"number": 1})
    assert set(compiled) == {"/c/<int:number>"}
    assert {type(rule) for rule in app.url_map.iter_rules()} == {LazyRule}
