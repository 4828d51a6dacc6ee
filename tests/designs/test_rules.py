"""What a layout may be, and what is wrong with where its elements stand."""

import copy
import json
from typing import Any

import pytest

from eventhub.designs.ready import HELP, KEYS, ready
from eventhub.designs.rules import BadLayout, read_layout
from eventhub.designs.rules.findings import findings_of


def faults(data: Any) -> set[tuple[str, str]]:
    """Return where and what is wrong with a layout's JSON."""
    with pytest.raises(BadLayout) as caught:
        read_layout(data)
    return {(fault.where, fault.code) for fault in caught.value.faults}


def forum() -> dict[str, Any]:
    """Return the JSON of a ready design, to be spoiled."""
    return copy.deepcopy(ready("forum").as_json())


@pytest.mark.parametrize("key", KEYS)
def test_ready_design_comes_back_from_json_and_has_no_finding(key: str) -> None:
    layout = ready(key, dict.fromkeys(HELP, "+86 592 555 0100"))
    assert read_layout(json.loads(json.dumps(layout.as_json()))) == layout
    found = [f for f in findings_of(layout) if f.code != "picture_missing"]
    assert found == []


def test_back_says_what_was_filled_in_only() -> None:
    assert not ready("forum").has_back
    back = ready("forum", {"wifi": "Forum2024 / welcome"}).faces["back"]
    said = {element.id: element.texts for element in back if element.id in HELP}
    assert list(said) == ["wifi"]
    assert said["wifi"]["en"] == "Wi-Fi\nForum2024 / welcome"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("x", "12", "number"), ("x", 1e9, "number"), ("x", True, "number"),
        ("width", float("nan"), "number"), ("colour", "red;background:url(file:///etc)", "colour"),
        ("align", "justify", "choice"), ("style", "x", "unknown"), ("bold", "yes", "flag"),
    ],
)  # fmt: skip
def test_bad_value_is_told_at_its_field(name: str, value: Any, code: str) -> None:
    data = forum()
    data["faces"]["front"][0][name] = value
    assert faults(data) == {(f"front.host.{name}", code)}


def test_r4_2_names_are_never_smaller_than_14_points() -> None:
    data = forum()
    name = next(e for e in data["faces"]["front"] if e["id"] == "name")
    name["least"] = 13
    assert faults(data) == {("front.name.least", "name_least")}


def test_what_is_no_design_is_refused() -> None:
    for data in (None, [], {}, {"format": "other"}, "x"):
        assert faults(data) == {("format", "no_design")}
    data = forum()
    data["faces"]["front"].append(dict(data["faces"]["front"][0]))
    assert ("front.host", "twice") in faults(data)
    data = forum()
    data["pictures"] = {"a": {"type": "text/html", "data": "PGI+"}}
    assert faults(data) == {("pictures.a", "bad_picture")}


def test_leaving_the_card_and_covering_the_code_are_told_at_the_element() -> None:
    data = forum()
    elements = {e["id"]: e for e in data["faces"]["front"]}
    elements["photo"]["x"] = 80
    found = {(f.element, f.code) for f in findings_of(read_layout(data))}
    assert found == {("photo", "leaves"), ("photo", "over_code")}
    elements["qr"]["width"] = 15
    found = {(f.element, f.code) for f in findings_of(read_layout(data))}
    assert ("qr", "small_code") in found
