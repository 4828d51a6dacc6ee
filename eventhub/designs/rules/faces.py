"""What stands on a card: of the event, of its category, of the person. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all cards of an event have in common.

    `titles` are in one or two languages (`title_language` is that of the second); `code` gives
    the rosette; `accent` is a colour like #0F4C5C.
    """

    titles: tuple[str, ...]
    title_language: str
    institution: str
    dates: str
    place: str
    code: str
    accent: str
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Kind:
    """What all badges of one category have in common: `words` in one or two languages, zones.

    `language` is that of the second word.
    """

    name: str
    words: tuple[str, ...]
    mark: str
    colour: str
    text_colour: str
    zones: tuple[str, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """All that stands on one badge beyond its kind, ready to be set.

    `names` are the lines of the name in their printed order, the family name in capitals, and
    `short_names` the same where they are too long; `entity` is in one or two languages
    (`entity_language` is that of the second), `short_entity` likewise; `number` is what people
    say on the telephone (ZMB-07).
    """

    kind: str
    ref: str
    names: tuple[str, ...]
    local_name: str
    local_language: str
    post: str
    entity: tuple[str, ...]
    entity_language: str
    number: str
    issue: int
    qr: str = ""
    photo: bytes | None = None
    short_names: tuple[str, ...] = ()
    short_entity: tuple[str, ...] = ()
