"""What an element of a drawing refers to within the drawing."""

import re

from lxml import etree

XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_NAME = r"[\w.:-]+"
_PLAIN = {
    "id": re.compile(_NAME),
    "href": re.compile(f"#{_NAME}"),
    XLINK_HREF: re.compile(f"#{_NAME}"),
    "clip-path": re.compile(rf"none|url\(\s*(['\"]?)#{_NAME}\1\s*\)"),
    "mask": re.compile(rf"none|url\(\s*(['\"]?)#{_NAME}\1\s*\)"),
}
_FOLLOWED = re.compile(f"#({_NAME})")


def is_plain(name: str, value: str) -> bool:
    """Return whether an attribute that names or refers does so without spaces and escapes.

    Only then do all readers of the drawing agree on what is meant. Other attributes are plain.
    """
    return name not in _PLAIN or _PLAIN[name].fullmatch(value) is not None


def referred(element: etree._Element) -> list[str]:
    """Return the names of what is drawn along with an element: by `use`, `clip-path`, `mask`.

    Gradients are not drawn as elements, whoever refers to them.
    """
    names = ["clip-path", "mask"]
    if etree.QName(element).localname == "use":
        names += ["href", XLINK_HREF]
    found = (_FOLLOWED.search(str(element.get(name, ""))) for name in names)
    return [each[1] for each in found if each]
