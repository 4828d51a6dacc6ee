"""What stands in the elements of a layout, for one event, one category, one person."""

from collections.abc import Sequence

from eventhub.designs.rules import OF_THE_PERSON, Element, Face, Kind, Layout, Occasion
from eventhub.printing.values import Picture, Qr, Text, Value


def fixed_text(element: Element, occasion: Occasion, kind: Kind) -> Text:
    """Return the text of an element that is the same on all cards of a kind."""
    language = occasion.title_language
    match element.show:
        case "event":
            return Text(occasion.titles[:1])
        case "event_other":
            return Text(occasion.titles[1:], language)
        case "institution":
            return Text((occasion.institution,))
        case "dates":
            return Text((occasion.dates,))
        case "place":
            return Text((occasion.place,))
        case "category":
            return Text(kind.words[:1])
        case "category_other":
            return Text(kind.words[1:], kind.language)
    return free_text(element, occasion.languages)


def free_text(element: Element, languages: Sequence[str]) -> Text:
    """Return the words of a free text in the event's languages, each beginning a line.

    What is the same in all, as a telephone number, stands once, last. Words in no
    language of the event are left out, unless there are no others.
    """
    said = [element.texts[code] for code in languages if element.texts.get(code)]
    chosen = said or list(element.texts.values())[:1]
    lines = [line.strip() for words in chosen for line in words.split("\n")]
    lines = [line for n, line in enumerate(lines) if line not in lines[n + 1 :]]
    only = [code for code in languages if element.texts.get(code)]
    return Text(tuple(lines), only[0] if len(only) == 1 else "")


def own_text(element: Element, face: Face) -> Text:
    """Return what a text element says of one person."""
    match element.show:
        case "name":
            return Text(face.names, short=face.short_names)
        case "name_first":
            return Text(face.names[:1], short=face.short_names[:1])
        case "name_rest":
            return Text(face.names[1:], short=face.short_names[1:])
        case "local_name":
            return Text((face.local_name,), face.local_language)
        case "entity":
            return Text(face.entity[:1], short=face.short_entity[:1])
        case "entity_other":
            return Text(face.entity[1:], face.entity_language, face.short_entity[1:])
        case "post":
            return Text((face.post,))
        case "number":
            return Text((face.number,))
    return Text((f"{face.number} · {face.issue}",))


def text_of(element: Element, occasion: Occasion, kind: Kind, face: Face | None) -> Text:
    """Return the text of an element; without a face, one of a person's is empty."""
    if element.show in OF_THE_PERSON:
        return own_text(element, face) if face else Text(())
    return fixed_text(element, occasion, kind)


def values_of(
    layout: Layout, side: str, occasion: Occasion, kind: Kind, face: Face
) -> dict[str, Value]:
    """Return what one person puts into the fields of one side, by the ids of the elements."""
    values: dict[str, Value] = {}
    for element in layout.faces.get(side, ()):
        if element.type == "text":
            text = text_of(element, occasion, kind, face)
            if any(line.strip() for line in text.paragraphs):
                values[element.id] = text
        elif element.type == "qr" and face.qr:
            values[element.id] = Qr(face.qr, face.number)
        elif element.type == "photo" and face.photo:
            values[element.id] = Picture(face.photo, " ".join(face.names))
    return values
