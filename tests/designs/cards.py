"""An occasion, a kind and the difficult names, for tests of designs."""

from eventhub.designs.rules import Face, Kind, Occasion
from tests.printing.badges import PEOPLE, jpeg

OCCASION = Occasion(
    titles=("China-Africa Internet Development and Cooperation Forum", "中非互联网发展与合作论坛"),
    title_language="zh", institution="Cyberspace Administration of China",
    dates="2–3 April 2024", place="Xiamen", code="XIAMEN-2024", accent="#0F4C5C",
    languages=("en", "zh", "fr"),
)  # fmt: skip
KIND = Kind("DEL", ("Delegate", "代表"), "DE", "#1F4E79", "#FFFFFF", ("Z1", "Z2", "VIP"), "zh")


def faces() -> dict[str, Face]:
    """Return the badges of the 24 difficult names, by their ids."""
    found = {}
    for number, person in enumerate(PEOPLE, 1):
        names = (person.get("given_names", ""), person.get("family_name", "").upper())
        found[person["id"]] = Face(
            kind="DEL", ref=person["id"], names=tuple(name for name in names if name),
            local_name=person.get("name_local", ""),
            local_language=person.get("local_language", ""), post=person.get("title", ""),
            entity=("Côte d’Ivoire", "科特迪瓦"), entity_language="zh",
            number=f"CIV-{number:02}", issue=1, photo=jpeg(number * 9),
            qr=f"HTTPS://EVENTS.EXAMPLE.ORG/D/EH1:{person['id'] * 30}"[:170],
        )  # fmt: skip
    return found
