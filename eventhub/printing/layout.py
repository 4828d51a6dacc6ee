"""WeasyPrint, cut off from network and disk: the one place that calls it."""

import io
import mimetypes
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

from PIL import Image

from eventhub.printing.fonts import fonts_in_use
from eventhub.printing.tags import mend_tags, mend_tree
from eventhub.printing.text_layer import map_codes_to_glyphs, mend_text_layer
from eventhub.printing.uploaded_fonts import UploadedFont, face_rules

PDF_UA = "pdf/ua-1"
NO_TAGS = None
_MOST_DATA = 3_000_000
_MOST_PIXELS = 50_000_000
_SHOWN = 120
one_at_a_time = Lock()
"""Pango keeps state for the whole process."""


def lay_out(
    html: str,
    base_files: Mapping[str, bytes],
    *,
    lang: str,
    profile: str | None,
    prepare: Callable[[Any], None] | None = None,
    fonts: Sequence[UploadedFont] = (),
) -> Any:
    """Return the laid out document; `prepare` may change its elements before.

    The HTML may use data: and, as "asset:NAME", print.css of this package and what base_files
    holds; whatever else it points at is left out (see left_out), never fetched. fonts
    are known by their families to this document alone. Raises FontsMissing before use_fonts.
    """
    import weasyprint  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    fonts_in_use()
    with one_at_a_time:
        # A base lets WeasyPrint refuse relative addresses as it does others, instead of failing.
        fetcher = _fetcher(base_files, {font.asset: font.data for font in fonts})
        document = weasyprint.HTML(string=html, base_url="asset:", url_fetcher=fetcher)
        document.etree_element.set("lang", lang)
        if prepare:
            prepare(document.etree_element)
        for element in document.etree_element.iter():
            _disarm(element)
        if fonts:
            _add_rules(document.etree_element, face_rules(fonts))
        configuration = _font_configuration() if fonts else _shared_configuration()
        laid_out = document.render(font_config=configuration, pdf_variant=profile)
        laid_out.left_out = fetcher.left_out
        return laid_out


def left_out(document: Any) -> tuple[str, ...]:
    """Return the addresses that a document was drawn without; all are known once it is written."""
    return tuple(sorted(document.left_out))


def written(document: Any, profile: str | None = NO_TAGS) -> bytes:
    """Return a laid out document as PDF; equal documents give equal bytes."""
    out = io.BytesIO()
    with one_at_a_time:
        document.write_pdf(out, finisher=_finish, pdf_variant=profile, pdf_identifier=True)
    return out.getvalue()


def _finish(document: Any, pdf: Any) -> None:
    map_codes_to_glyphs(document, pdf)
    mend_tags(pdf)


def _disarm(element: Any) -> None:
    """Take away what would put a file into the PDF or a strange action behind its links."""
    if "attachment" in element.get("rel", "").lower().split():
        del element.attrib["rel"]
    if element.tag == "base":
        element.attrib.clear()
    elif element.tag in ("a", "area") and not _is_open(element.get("href", "#")):
        del element.attrib["href"]


def _is_open(link: str) -> bool:
    return link.lower().startswith(("#", "http:", "https:", "mailto:"))


def _add_rules(root: Any, rules: str) -> None:
    """Put rules of style before all others."""
    style = ElementTree.Element("style")
    style.text = rules
    root.insert(0, style)


@lru_cache(maxsize=1)
def _shared_configuration() -> Any:
    return _font_configuration()


def _font_configuration() -> Any:
    from weasyprint.text.fonts import (  # noqa: PLC0415  (heavy: only the worker makes PDFs)
        FontConfiguration,
    )

    mend_text_layer()
    mend_tree()
    return FontConfiguration()


@lru_cache(maxsize=1)
def _stylesheet() -> bytes:
    return (files("eventhub.printing") / "print.css").read_bytes()


def _pixels(data: bytes) -> int:
    """Return how many pixels a picture has, 0 for what is none; they are not decoded."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return picture.width * picture.height
    except Image.DecompressionBombError:
        return _MOST_PIXELS + 1
    except (OSError, ValueError, SyntaxError):
        return 0


def _fetcher(assets: Mapping[str, bytes], fonts: Mapping[str, bytes]) -> Any:
    """Return a WeasyPrint fetcher that knows data: and the given assets, and refuses the rest.

    It must be an URLFetcher: WeasyPrint asks a failing one for its policy.
    """
    from weasyprint.urls import (  # noqa: PLC0415  (heavy: only the worker makes PDFs)
        URLFetcher,
        URLFetcherResponse,
    )

    class AssetFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data"}, allow_redirects=False)
            self.left_out: set[str] = set()

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            try:
                return self._fetched(url, headers)
            except Exception:
                self.left_out.add(url if len(url) <= _SHOWN else url[:_SHOWN] + "…")
                raise

        def _fetched(self, url: str, headers: Mapping[str, str] | None) -> Any:
            if not url.startswith("asset:"):
                if len(url) > _MOST_DATA:
                    raise ValueError(f"an address of {len(url)} characters")
                response = super().fetch(url, headers)
                data, kind = response.read(), response.content_type
            else:
                name = unquote(url.removeprefix("asset:"))
                found = (
                    _stylesheet() if name == "print.css" else fonts.get(name) or assets.get(name)
                )
                if found is None:
                    raise ValueError(f"no such asset: {name}")
                data, kind = found, mimetypes.guess_type(name)[0] or "application/octet-stream"
            if (pixels := _pixels(data)) > _MOST_PIXELS:
                raise ValueError(f"a picture of {pixels} pixels")
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return AssetFetcher()
