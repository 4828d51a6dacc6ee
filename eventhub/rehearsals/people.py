"""The stand-ins as they register, and the words that invented people are given."""

import csv
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from eventhub.entities import reference
from eventhub.rehearsals import chance
from eventhub.rehearsals.rules import DECIDED, DIETS, EXCELLENCIES, NEEDS, Person, StandIn, Words

FOLDER = Path(__file__).parent / "data"
DECIDED_AFTER = timedelta(minutes=20)
ORGANIZATIONS = {"ITU": "UNS", "EU": "IGO"}
"""Categories of those who come from an organization, by its code."""


@cache
def stand_ins() -> tuple[StandIn, ...]:
    """Return all stand-ins."""
    with (FOLDER / "standins.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(
            (line for line in file if not line.startswith("#")), dialect=csv.excel_tab
        )
        return tuple(
            StandIn(
                id=row["id"],
                entity=row["entity"],
                gender=row["gender"],
                language=row["language"],
                name_order=row["name_order"],
                family_name=_cell(row["family_name"]) or "",
                given_names=row["given_names"],
                name_local=_cell(row["name_local"]),
                local_language=_cell(row["local_language"]),
                side_event=_cell(row["side_event"]),
                seminar=_cell(row["seminar"]),
                replaces=_cell(row["replaces"]),
            )
            for row in rows
        )


@cache
def words() -> Words:
    """Return what invented people are given."""
    file = tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))
    return Words(
        letter_languages={
            entity: language
            for language, entities in file["letter_languages"].items()
            for entity in entities
        },
        family_first=frozenset(file["name_order"]["family_first"]),
        titles=file["titles"],
        employers=file["employers"],
        honorifics={
            language: {gender: (pair[0], pair[1]) for gender, pair in pairs.items()}
            for language, pairs in file["honorifics"].items()
        },
    )


def stand_ins_of(preset: str) -> list[StandIn]:
    """Return who stands in at the rehearsal of an event of this preset."""
    return [one for one in stand_ins() if one.state_at(preset)]


def people_of(preset: str, submitted_at: Callable[[StandIn], datetime]) -> tuple[Person, ...]:
    """Return the stand-ins as they register at an event of this preset, each sent at its time."""
    return tuple(_person(one, preset, submitted_at) for one in stand_ins_of(preset))


def _person(one: StandIn, preset: str, submitted_at: Callable[[StandIn], datetime]) -> Person:
    state = one.state_at(preset) or ""
    sent = None if state == "draft" else submitted_at(one)
    category = "TRN" if preset == "seminar" else ORGANIZATIONS.get(one.entity, "DEL")
    return Person(
        id=one.id,
        entity=one.entity,
        category=category,
        rank="EXP",
        gender=one.gender,
        honorific=honorific(one.language, one.gender, "EXP"),
        family_name=one.family_name,
        given_names=one.given_names,
        name_order=one.name_order,
        title=title(one.language, category, "EXP"),
        organization=employer(one.entity, one.language, preset),
        email=f"{one.id.lower()}@standins.example.org",
        language=one.language,
        name_local=one.name_local,
        local_language=one.local_language,
        diet=answers(DIETS, 0.2, one.id),
        needs=answers(NEEDS, 0.08, one.id),
        admission=pass_or_ticket(one.id) if preset == "side_event" else None,
        state=state,
        submitted_at=sent,
        decided_at=sent + DECIDED_AFTER if sent and state in DECIDED else None,
        replaces=one.replaces,
    )


def honorific(language: str, gender: str, rank: str) -> str:
    """Return a form of address; that of an Excellency where the rank is one's."""
    honorifics = words().honorifics
    plain, excellency = honorifics.get(language, honorifics["en"])[gender]
    return excellency if rank in EXCELLENCIES else plain


def title(language: str, category: str, rank: str) -> str:
    """Return the title of a post."""
    titles = words().titles
    own, english = titles.get(language, titles["en"]), titles["en"]
    key = rank if category == "TRN" and rank != "DIR" else category
    return own.get(key) or own.get(rank) or english.get(key) or english[rank]


def employer(entity: str, language: str, preset: str) -> str:
    """Return where a State's person works; people of an organization work for it."""
    if entity not in _states():
        return ""
    employers = words().employers
    return employers.get(language, employers["en"])[preset]


def answers(options: tuple[str, ...], probability: float, who: str) -> tuple[str, ...]:
    """Return what somebody answers: nothing, or one of the options."""
    if chance.share(who, options[0]) >= probability:
        return ()
    return (chance.pick(options, who, "answer"),)


def pass_or_ticket(who: str) -> str:
    """Return how a person enters the premises of a side event (R1.25)."""
    return "needs_ticket" if chance.share(who, "ticket") < 0.15 else "valid_pass"


def _cell(value: str) -> str | None:
    return None if value == "-" else value


@cache
def _states() -> frozenset[str]:
    return frozenset(row["code"] for row in reference.read().entities if row["iso3"])
