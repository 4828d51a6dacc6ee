"""Making pages and files fit for a copy: links from file to file, nothing that asks a server."""

import re
from collections.abc import Callable
from typing import Any

from lxml import html

from eventhub.ics.lines import fold

Lead = Callable[[str], str | None]
"""Returns where an address of a page leads inside the copy; None where the copy has no such file.

Addresses of others come back as they are."""

_GONE = ("script", "form", "noscript", "iframe", "dialog", "base", "template")
_KEPT_LINKS = frozenset({"stylesheet", "icon"})
_SHELLS = frozenset({"li", "p", "span", "div", "nav", "ul", "dd"})
_STYLE_URL = re.compile(r"url\(\s*(['\"]?)([^'\")]+)\1\s*\)")
_FOR_THE_SCREEN = frozenset({"button", "screen-only"})
_FOLD = re.compile(r"\r?\n[ \t]")
_ADDRESS_LINES = ("URL", "SOURCE", "CONFERENCE", "ATTACH", "IMAGE", "X-ORIGINAL-URL")


def page(data: bytes, lead: Lead, *, base_url: str, line: str) -> bytes:
    """Return a page of the copy; `line` says at its foot where it comes from and when.

    What a template marks with `data-live` is left out: it needs a running installation.
    """
    root = html.document_fromstring(data.decode())
    for name in _GONE:
        for element in list(root.iter(name)):
            element.drop_tree()
    for element in root.xpath("//*[@data-live]"):
        element.drop_tree()
    for element in list(root.iter("link")):
        target = lead(element.get("href", ""))
        if _KEPT_LINKS & set(element.get("rel", "").split()) and target is not None:
            element.set("href", target)
        else:
            element.drop_tree()
    for element in list(root.iter("meta")):
        if base_url in element.get("content", "") or element.get("http-equiv"):
            element.drop_tree()
    _lead_on(root, lead)
    _without_addresses(root, base_url)
    foot = html.fromstring("<p class='small'></p>")
    foot.text = line
    feet = root.find_class("foot-line") or [root.body]
    feet[0].append(foot)
    written: bytes = html.tostring(root, doctype="<!doctype html>", encoding="utf-8")
    return written


def moved(target: str) -> bytes:
    """Return a page that leads on to another file at once."""
    root = html.document_fromstring("<html><head><meta charset='utf-8'></head><body></body></html>")
    refresh = html.Element("meta", {"http-equiv": "refresh", "content": f"0; url={target}"})
    root.head.append(refresh)
    link = html.Element("a", {"href": target})
    link.text = target.rpartition("/")[2]
    root.body.append(link)
    written: bytes = html.tostring(root, doctype="<!doctype html>", encoding="utf-8")
    return written


def style(data: bytes, lead: Lead) -> bytes:
    """Return style rules whose pictures and fonts lie in the copy."""

    def led(match: re.Match[str]) -> str:
        if match[2].startswith(("data:", "#")):
            return match[0]
        return f'url("{lead(match[2]) or ""}")'

    return _STYLE_URL.sub(led, data.decode()).encode()


def plain(data: bytes, lead: Lead, *, base_url: str) -> bytes:
    """Return XML or JSON in which addresses of the installation lead into the copy, or are gone."""

    def led(match: re.Match[str]) -> str:
        return lead(match[0]) or ""

    return _addresses(base_url).sub(led, data.decode()).encode()


def calendar(data: bytes, *, base_url: str) -> bytes:
    """Return a calendar without addresses of the installation."""
    ours = _addresses(base_url)
    lines = _FOLD.sub("", data.decode()).splitlines()
    kept = [
        ours.sub("", one)
        for one in lines
        if not (base_url in one and one.partition(":")[0].partition(";")[0] in _ADDRESS_LINES)
    ]
    return b"".join(fold(one) for one in kept)


def _lead_on(root: Any, lead: Lead) -> None:
    """Let links and pictures lead to files; take away what leads nowhere any more."""
    for element in list(root.iter("a", "area")):
        href = element.get("href")
        if href is None or href.startswith("#"):
            continue
        target = lead(href)
        if target is not None:
            element.set("href", target)
        else:
            _unlink(element)
    for element in list(root.iter("img", "source", "image", "use", "object", "video", "audio")):
        for name in ("src", "href", "{http://www.w3.org/1999/xlink}href", "data", "poster"):
            if address := element.get(name):
                if address.startswith(("data:", "#")):
                    continue
                element.set(name, lead(address) or "")
        if element.get("srcset"):
            element.set("srcset", _source_set(element.get("srcset"), lead))


def _source_set(text: str, lead: Lead) -> str:
    found = []
    for one in text.split(","):
        address, _blank, size = one.strip().partition(" ")
        if target := lead(address):
            found.append(f"{target} {size}".strip())
    return ", ".join(found)


def _unlink(element: Any) -> None:
    """Take away a link that leads out of the copy; inside a sentence its words stay."""
    parent = element.getparent()
    words = (element.text_content() or "").strip()
    is_alone = parent is not None and (parent.text_content() or "").strip() == words
    looks = set((element.get("class") or "").split())
    if looks & _FOR_THE_SCREEN or is_alone or parent.tag in ("nav", "ul"):
        element.drop_tree()
        while (
            parent is not None
            and parent.tag in _SHELLS
            and not (parent.text_content() or "").strip()
            and next(parent.iter("img", "svg", "input"), None) is None
            and parent.getparent() is not None
        ):
            above = parent.getparent()
            parent.drop_tree()
            parent = above
        return
    element.tag = "span"
    for name in ("href", "target", "rel", "download", "hreflang"):
        element.attrib.pop(name, None)


def _without_addresses(root: Any, base_url: str) -> None:
    ours = _addresses(base_url)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text and base_url in element.text:
            element.text = ours.sub("", element.text)
        if element.tail and base_url in element.tail:
            element.tail = ours.sub("", element.tail)
        for name, value in list(element.attrib.items()):
            if base_url in value:
                element.attrib.pop(name)


def _addresses(base_url: str) -> re.Pattern[str]:
    return re.compile(re.escape(base_url) + r"[^\s\"'<>\\,)]*")
