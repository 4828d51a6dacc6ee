"""The words and figures of the demo, read from the files beside this one.

A file per event (`xiamen-2024.toml`) holds its sessions, speakers, delegations and the figures
that must come out of them; `pages/` its practical information; `people.toml` the named persons;
`vectors.toml` inputs and answers for the tests of
rules elsewhere. All times are local to the event.
"""

import tomllib
from collections.abc import Mapping
from datetime import time
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from eventhub.demo.content.shapes import (
    NOTHING,
    DemoDelegation,
    DemoEvent,
    DemoInstitution,
    DemoOrganization,
    DemoPage,
    DemoPerson,
    DemoRoom,
    DemoSeries,
    DemoSession,
    DemoSignatory,
    DemoSpeaker,
    DemoTrack,
    DemoVenue,
)
from eventhub.i18n import Translated

FOLDER = Path(__file__).parent

EVENTS = ("xiamen-2024", "beijing-2024", "shanghai-2025", "new-york-2025")
"""The slugs of the events, in the order of their dates."""

OFF_SITE = "off_site"
"""What stands for the room where a session takes place outside all rooms: it never clashes."""


@cache
def load_event(slug: str) -> DemoEvent:
    """Return one of EVENTS."""
    file = _read(slug)
    return DemoEvent(
        slug=file["slug"],
        preset=file["preset"],
        code=file["code"],
        title=Translated(file["title"]),
        summary=Translated(file["summary"]),
        hosts=tuple(file["hosts"]),
        series=file.get("series"),
        venue=file["venue"],
        starts_on=file["starts_on"],
        ends_on=file["ends_on"],
        time_zone=file["time_zone"],
        mode=file["mode"],
        accent=file["accent"],
        languages=tuple(file["languages"]),
        working_languages=tuple(file["working_languages"]),
        interpretation=tuple(file["interpretation"]),
        contact=file["contact"],
        places=file["places"],
        deadlines=file["deadlines"],
        quota=file["quota"],
        category_overrides=file.get("category_overrides", NOTHING),
        certificate_policy=file.get("certificate_policy", NOTHING),
        eligibility=file.get("eligibility", NOTHING),
        tracks=tuple(
            DemoTrack(row["code"], Translated(row["title"]), row["room"])
            for row in file.get("tracks", ())
        ),
        sessions=tuple(_session(row) for row in file["sessions"]),
        speakers=tuple(_speaker(row) for row in file["speakers"]),
        delegations=tuple(_delegation(code, row) for code, row in file["delegations"].items()),
        pages=tuple(
            DemoPage(row["slug"], Translated(row["title"]), Translated(row["text"]))
            for row in _read(f"pages/{slug}")["pages"]
        ),
        attendance=file.get("attendance", NOTHING),
        expected=file["expected"],
    )


def events() -> tuple[DemoEvent, ...]:
    """Return the four events in the order of their dates."""
    return tuple(load_event(slug) for slug in EVENTS)


@cache
def institutions() -> tuple[DemoInstitution, ...]:
    """Return the hosts."""
    return tuple(
        DemoInstitution(
            code=row["code"],
            kind=row["kind"],
            name=Translated(row["name"]),
            country=row["country"],
            city=row["city"],
            address=row["address"],
            time_zone=row["time_zone"],
            languages=tuple(row["languages"]),
            email=row["email"],
            signatories=tuple(
                DemoSignatory(one["name"], one.get("name_local"), Translated(one["post"]))
                for one in row.get("signatories", ())
            ),
        )
        for row in _read("institutions")["institutions"]
    )


@cache
def venues() -> tuple[DemoVenue, ...]:
    """Return the places, each with its rooms."""
    return tuple(
        DemoVenue(
            code=row["code"],
            name=Translated(row["name"]),
            city=Translated(row["city"]),
            country=row["country"],
            time_zone=row["time_zone"],
            institution=row["institution"],
            rooms=tuple(
                DemoRoom(
                    code=room["code"],
                    name=Translated(room["name"]),
                    capacity=room["capacity"],
                    layout=room["layout"],
                    booths=tuple(room["booths"]),
                    zone=room["zone"],
                )
                for room in row["rooms"]
            ),
        )
        for row in _read("venues")["venues"]
    )


@cache
def organizations() -> tuple[DemoOrganization, ...]:
    """Return the invented organizations."""
    return tuple(
        DemoOrganization(row["code"], row["kind"], Translated(row["name"]))
        for row in _read("organizations")["organizations"]
    )


@cache
def series() -> tuple[DemoSeries, ...]:
    """Return the series."""
    return tuple(
        DemoSeries(
            slug=row["slug"],
            institution=row["institution"],
            title=Translated(row["title"]),
            events=tuple(row["events"]),
            same_person_in_both=tuple(row["same_person_in_both"]),
            expected=row["expected"],
        )
        for row in _read("series")["series"]
    )


@cache
def people() -> tuple[DemoPerson, ...]:
    """Return the named persons."""
    return tuple(
        DemoPerson(
            **{
                "name_local": None,
                "local_language": None,
                "passport_latin": None,
                "note": "",
                **row,
            }
        )
        for row in _read("people")["people"]
    )


@cache
def practical() -> Mapping[str, Mapping[str, Translated]]:
    """Return what each event's information note says under its ready headings."""
    return {
        slug: {code: Translated(text) for code, text in headings.items()}
        for slug, headings in _read("practical").items()
    }


@cache
def vectors() -> Mapping[str, Any]:
    """Return inputs and answers for tests of rules, by name."""
    return MappingProxyType(_read("vectors"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _session(row: Mapping[str, Any]) -> DemoSession:
    return DemoSession(
        code=row["code"],
        type=row["type"],
        title=Translated(row["title"]),
        summary=Translated(row["summary"]),
        start=row["start"],
        end=row["end"],
        room=row["room"],
        more_rooms=tuple(row.get("more_rooms", ())),
        access=row["access"],
        admit=tuple(row.get("admit", ())),
        track=row.get("track"),
        interpretation=tuple(row.get("interpretation", ())),
        roles={role: tuple(ids) for role, ids in row.get("roles", NOTHING).items()},
        list_of_speakers=row.get("list_of_speakers", False),
        time_limit_s=row.get("time_limit_s"),
        turnover_s=row.get("turnover_s"),
        groups=row.get("groups", 1),
        breaks=tuple(
            (time.fromisoformat(start), time.fromisoformat(end))
            for start, end in row.get("breaks", ())
        ),
        counts_for_certificate=row.get("counts_for_certificate", False),
        credit_minutes=row.get("credit_minutes", 0),
    )


def _speaker(row: Mapping[str, Any]) -> DemoSpeaker:
    return DemoSpeaker(
        id=row["id"],
        name=row["name"],
        name_local=row.get("name_local"),
        entity=row["entity"],
        gender=row["gender"],
        post=Translated(row["post"]),
        biography=Translated(row.get("biography")),
    )


def _delegation(entity: str, row: Mapping[str, Any]) -> DemoDelegation:
    return DemoDelegation(
        entity=entity,
        role=row.get("role"),
        head_rank=row.get("head"),
        counts={code: count for code, count in row.items() if code not in ("role", "head")},
    )
