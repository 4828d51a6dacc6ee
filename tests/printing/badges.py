"""An A6 badge, filled with the difficult names and a name in each script promised."""

import io
import tomllib
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader
from PIL import Image

from eventhub.printing.values import Picture, Qr, Sheet, Text, Value

PEOPLE = tomllib.loads(Path("eventhub/demo/content/people.toml").read_text())["people"]
SCRIPTS = {
    "Latn": ("Zoë ÑÍGUEZ Łukasz", "pl"),
    "Viet": ("Nguyễn Thị Ánh Tuyết", "vi"),
    "decomposed": ("Nguye\u0302\u0303n Thi\u0323", "vi"),
    "Cyrl": ("Щербакова Їжак", "uk"),
    "Grek": ("Ἀθηνᾶ Παππᾶ", "el"),
    "Arab": ("فاطمة الزهراء", "ar"),
    "Urdu": ("ذوالفقار علی", "ur"),
    "mixed": ("محمد (2024) ITU", "ar"),
    "Hebr": ("שרה לוי", "he"),
    "Hans": ("欧阳明辉", "zh"),
    "Hant": ("歐陽菲", ""),
    "Jpan": ("高橋さくら", "ja"),
    "Kore": ("김민준", "ko"),
    "Deva": ("श्रीमती प्रिया शर्मा", "hi"),
    "Beng": ("শেখ মুজিবুর রহমান", "bn"),
    "Taml": ("கிருஷ்ணமூர்த்தி", "ta"),
    "Sinh": ("ශ්‍රී කුමාර", "si"),
    "Thai": ("สมชาย น้ำใจ", "th"),
    "Laoo": ("ສົມພອນ ວົງສາ", "lo"),
    "Khmr": ("សុខ ស្រីមុំ", "km"),
    "Mymr": ("အောင်ဆန်း ကြည်", "my"),
    "Geor": ("გიორგი ბერიძე", "ka"),
    "Armn": ("Արամ Խաչատրյան", "hy"),
    "Ethi": ("አበበ በቂላ", "am"),
}


def badge_html(*names: str) -> str:
    """Return the A6 badge with one kind for each name."""
    kinds = [
        SimpleNamespace(
            name=name, colour="#0B5CAD", text_colour="#ffffff", mark="DE",
            words=("Delegate", "代表"), zones=("A", "B"),
        )
        for name in names or ("DEL",)
    ]  # fmt: skip
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)
    return environment.get_template("a6.html").render(
        kinds=kinds, titles=("World Forum", "世界论坛"), institution="Ministry of Digital Affairs",
        rosette="", dates="2–3 April 2024", lang="en", title="Badges",
    )  # fmt: skip


def jpeg(shade: int = 90, size: tuple[int, int] = (390, 500)) -> bytes:
    """Return a portrait-sized picture."""
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize(size)
    Image.merge("RGB", (gradient, gradient.rotate(180), gradient.point(lambda _: shade))).save(
        out, "JPEG"
    )
    return out.getvalue()


def sheet(*name: str, variant: str = "DEL", **values: Value) -> Sheet:
    """Return a badge of somebody."""
    return Sheet(variant, {"name": Text(name), "number": Text(("ZMB-07 · 1",)), **values})


def named() -> dict[str, Sheet]:
    """Return the badges of the difficult names, by their ids."""
    found = {}
    for number, person in enumerate(PEOPLE):
        names = (person.get("given_names", ""), person.get("family_name", "").upper())
        values: dict[str, Value] = {
            "photo": Picture(jpeg(number * 9), "portrait"),
            "qr": Qr(f"HTTPS://EVENTS.EXAMPLE.ORG/D/EH1:{person['id'] * 30}", "pass"),
            "entity": Text(("Côte d’Ivoire",)),
            "entity_other": Text(("科特迪瓦",), "zh"),
            "post": Text((person.get("title", ""),)),
        }
        if person.get("name_local"):
            local = Text((person["name_local"],), person.get("local_language", ""))
            values["local_name"] = local
        found[person["id"]] = sheet(*names, **values)
    return found


def written() -> dict[str, Sheet]:
    """Return badges with a name in each script, large and small, with and without a language."""
    return {
        script: sheet(name, local_name=Text((name,), language), entity=Text((name,), language))
        for script, (name, language) in SCRIPTS.items()
    }
