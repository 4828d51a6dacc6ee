"""The order of States and organizations, and what is true of them on a day."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from eventhub.core.text import fold, has_no_blanks

NEAR = 0.8
"""How much two spellings must have in common, of 1, for one to be taken for the other."""


class Kind(StrEnum):
    """What an entity is."""

    MEMBER_STATE = "member_state"
    OBSERVER_STATE = "observer_state"
    REGIONAL_INTEGRATION_ORGANIZATION = "regional_integration_organization"
    IGO = "igo"
    UN_SECRETARIAT = "un_secretariat"
    UN_REGIONAL_COMMISSION = "un_regional_commission"
    UN_PROGRAMME = "un_programme"
    SPECIALIZED_AGENCY = "specialized_agency"
    NGO = "ngo"
    ACADEMIA = "academia"
    PRIVATE = "private"
    PRESS = "press"
    OTHER = "other"
    SECRETARIAT = "secretariat"


STATES = frozenset({Kind.MEMBER_STATE, Kind.OBSERVER_STATE})


class Block(StrEnum):
    """A part of a list, in the order in which the parts stand (R2.7)."""

    MEMBER_STATES = "member_states"
    OBSERVER_STATES = "observer_states"
    REGIONAL_INTEGRATION = "regional_integration"
    IGOS = "igos"
    UNITED_NATIONS = "united_nations"
    SPECIALIZED_AGENCIES = "specialized_agencies"
    NGOS = "ngos"
    OTHERS = "others"
    PRESS = "press"
    SECRETARIAT = "secretariat"


BLOCK_OF = {
    Kind.MEMBER_STATE: Block.MEMBER_STATES,
    Kind.OBSERVER_STATE: Block.OBSERVER_STATES,
    Kind.REGIONAL_INTEGRATION_ORGANIZATION: Block.REGIONAL_INTEGRATION,
    Kind.IGO: Block.IGOS,
    Kind.UN_SECRETARIAT: Block.UNITED_NATIONS,
    Kind.UN_REGIONAL_COMMISSION: Block.UNITED_NATIONS,
    Kind.UN_PROGRAMME: Block.UNITED_NATIONS,
    Kind.SPECIALIZED_AGENCY: Block.SPECIALIZED_AGENCIES,
    Kind.NGO: Block.NGOS,
    Kind.ACADEMIA: Block.OTHERS,
    Kind.PRIVATE: Block.OTHERS,
    Kind.OTHER: Block.OTHERS,
    Kind.PRESS: Block.PRESS,
    Kind.SECRETARIAT: Block.SECRETARIAT,
}

AGENCIES_BY_PROTOCOL = (
    "ILO", "FAO", "UNESCO", "WHO", "WB", "IMF", "ICAO", "UPU",
    "ITU", "WMO", "IMO", "WIPO", "IFAD", "UNIDO", "UNWTO",
)  # fmt: skip
"""The specialized agencies in the order in which they came to the United Nations (R2.7)."""

RANKED_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

STROKES = "zh_strokes"
"""The order of Chinese lists by strokes, where pinyin is not wanted (R2.4)."""

RANKS = (*RANKED_LANGUAGES, STROKES)

_CAPITALS = {"Türkiye": "TÜRKİYE"}  # written with its own dotted capital in every language


@dataclass(frozen=True, slots=True)
class Listed:
    """An entity as a list in one language sees it; rank is None for what is in no table.

    `moved_to` is the part of a list in which an event puts it, against its kind.
    """

    id: int
    code: str
    kind: Kind
    name: str
    rank: int | None = None
    moved_to: Block | None = None

    @property
    def block(self) -> Block:
        """Return the part of a list in which the entity stands."""
        return self.moved_to or BLOCK_OF[self.kind]


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `since` to the day before `until`; None leaves that end open."""

    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


def overlap(one: Period, other: Period) -> bool:
    """Tell whether two periods have a day in common."""
    return (one.until is None or other.since is None or other.since < one.until) and (
        other.until is None or one.since is None or one.since < other.until
    )


def belongs(periods: Iterable[Period], day: date) -> bool:
    """Tell whether one of an entity's periods in a group holds on the day (R6.3)."""
    return any(period.holds_on(day) for period in periods)


def rank_language(language: str) -> str:
    """Return the language whose ranks order a list: its own, or English (so for Portuguese)."""
    return language if language in RANKED_LANGUAGES else "en"


def name_key(name: str, language: str = "en") -> tuple[str, str, str]:
    """Return what names of organizations and persons sort by: letters, accents, then case.

    Close to the Unicode collation, not equal to it: Chinese follows code points, not pinyin,
    and letters with national places of their own stand with their base letter. States have
    ranks. The Arabic article is passed over (R2.4).
    """
    bare = " ".join(name.split())
    if language == "ar":
        bare = bare.removeprefix("ال")
    marked = unicodedata.normalize("NFD", bare.casefold())
    return fold(bare), marked, bare.swapcase()


def person_key(
    family_name: str, given_names: str, language: str = "en"
) -> tuple[tuple[str, str, str], ...]:
    """Return what persons sort by: family name, then given names; whichever there is leads."""
    return tuple(name_key(part, language) for part in (family_name, given_names) if part.strip())


def alphabetical(entities: Iterable[Listed], language: str = "en") -> list[Listed]:
    """Order entities by rank (R2.3), those without one by name among the others."""
    every = list(entities)
    ordered = sorted((e for e in every if e.rank is not None), key=lambda e: e.rank or 0)
    unranked = [e for e in every if e.rank is None]
    if not ordered:
        return sorted(unranked, key=lambda e: (name_key(e.name, language), e.code))
    keys = [name_key(e.name, language) for e in ordered]
    for entity in sorted(unranked, key=lambda e: (name_key(e.name, language), e.code)):
        own = name_key(entity.name, language)
        place = next((i for i, key in enumerate(keys) if key > own), len(keys))
        ordered.insert(place, entity)
        keys.insert(place, own)
    return ordered


def in_blocks(
    entities: Iterable[Listed],
    language: str = "en",
    *,
    interleaved: frozenset[str] = frozenset(),
    agencies_by_protocol: bool = False,
) -> dict[Block, list[Listed]]:
    """Order entities in blocks (R2.7), empty ones left out, each by `alphabetical`.

    `interleaved` are codes of observer States that sit among the Member States; the others
    stand after them, the Holy See first (R2.6).
    """
    found: dict[Block, list[Listed]] = {block: [] for block in Block}
    for entity in entities:
        if entity.block == Block.OBSERVER_STATES and entity.code in interleaved:
            entity = replace(entity, moved_to=Block.MEMBER_STATES)
        found[entity.block].append(entity)
    blocks = {block: alphabetical(found[block], language) for block in Block if found[block]}
    if Block.OBSERVER_STATES in blocks:
        blocks[Block.OBSERVER_STATES].sort(key=lambda e: e.code != "VAT")
    if agencies_by_protocol and Block.SPECIALIZED_AGENCIES in blocks:
        blocks[Block.SPECIALIZED_AGENCIES].sort(key=_protocol_place)
    return blocks


def in_order(entities: Iterable[Listed], language: str = "en") -> list[Listed]:
    """Order entities block after block, as one list."""
    blocks = in_blocks(entities, language)
    return [entity for block in blocks.values() for entity in block]


def seated(states: Iterable[Listed], first: Listed) -> list[Listed]:
    """Order States in their seats, beginning with the one drawn by lot and wrapping (R2.5).

    Give the States as listed in English, whatever the language of the meeting. If the State
    drawn is not among them, the next one in the order sits first.
    """
    every = list(states)
    present = first in every
    ordered = alphabetical(every if present else [*every, first])
    start = ordered.index(first)
    turned = ordered[start:] + ordered[:start]
    return turned if present else turned[1:]


def capitals(text: str, language: str = "en") -> str:
    """Return an entity heading in capitals, accents kept, i with its dot in Turkish (R2.11)."""
    if language in ("tr", "az"):
        text = text.replace("i", "İ").replace("ı", "I")
    for word, written in _CAPITALS.items():
        text = text.replace(word, written)
    return text.upper()


def search_text(code: str, names: Mapping[str, str], aliases: Iterable[str] = ()) -> str:
    """Return code, names and other names folded, each between line feeds, none twice."""
    folded = dict.fromkeys(fold(name) for name in (code, *names.values(), *aliases))
    return "\n" + "".join(f"{name}\n" for name in folded if name)


def held_in(typed: str, names: Mapping[int, Sequence[str]]) -> list[int]:
    """Return whose whole name the folded text holds, that of the longest name first.

    "republic of zambia" holds "zambia", "中国常驻联合国代表团" holds "中国". Codes and names as
    short as codes are left out: they stand inside other words too often.
    """
    longest: dict[int, int] = {}
    for bearer, known in names.items():
        for name in known:
            is_held = (
                name in typed
                if has_no_blanks(name)
                else len(name) > 3 and f" {name} " in f" {typed} "
            )
            if is_held:
                longest[bearer] = max(longest.get(bearer, 0), len(name))
    return sorted(longest, key=lambda bearer: -longest[bearer])


def spelt_like(typed: str, names: Mapping[int, Sequence[str]]) -> list[int]:
    """Return who bears a name that is spelt almost as the folded text, the nearest first."""
    near: dict[int, float] = {}
    matcher = SequenceMatcher(b=typed)
    for bearer, known in names.items():
        for name in known:
            matcher.set_seq1(name)
            bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
            if len(name) > 3 and all(bound() >= NEAR for bound in bounds):
                near[bearer] = max(near.get(bearer, 0.0), matcher.ratio())
    return sorted(near, key=lambda bearer: -near[bearer])


def _protocol_place(entity: Listed) -> int:
    known = AGENCIES_BY_PROTOCOL
    return known.index(entity.code) if entity.code in known else len(known)
