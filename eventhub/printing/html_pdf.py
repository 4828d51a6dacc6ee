"""HTML to PDF by WeasyPrint, cut off from network and disk."""

import mimetypes
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any
from urllib.parse import unquote

from eventhub.printing.fonts import fonts_in_use
from eventhub.printing.tags import mend_tags
from eventhub.printing.text_layer import map_codes_to_glyphs, mend_text_layer

PDF_UA = "pdf/ua-1"
_one_at_a_time = Lock()  # Pango keeps state for the whole process


def render_pdf(
    html: str | Iterable[str],
    *,
    lang: str,
    title: str,
    created_at: datetime,
    base_files: Mapping[str, bytes] | None = None,
    profile: str = PDF_UA,
) -> bytes:
    """Return one PDF of an HTML document, or of several after one another.

    An iterable is drawn on as each one is laid out, so that a generator can report progress.
    lang (BCP 47) and title are those of the whole; created_at is an aware instant. The HTML may
    use data: and, as "asset:NAME", print.css of this package and what base_files holds when that
    document is laid out; whatever else it points at is left out with a warning in the log, never
    fetched. Equal input gives equal bytes. Raises FontsMissing before use_fonts, ValueError for
    no HTML at all.
    """
    documents = [html] if isinstance(html, str) else html
    fonts_in_use()
    # Not `or {}`: an empty mapping may be filled while the documents are laid out.
    fetcher = _fetcher({} if base_files is None else base_files)
    laid_out = []
    for each in documents:  # between two of them a single badge of the desk may be drawn
        with _one_at_a_time:
            laid_out.append(_lay_out(each, fetcher, lang, profile))
    if not laid_out:
        raise ValueError("there is nothing to print")
    with _one_at_a_time:
        whole = laid_out[0].copy([page for document in laid_out for page in document.pages])
        whole.metadata.title = title
        whole.metadata.lang = lang
        whole.metadata.created = created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        whole.metadata.modified = whole.metadata.created
        whole.metadata.attachments = []
        data: bytes = whole.write_pdf(finisher=_finish, pdf_variant=profile, pdf_identifier=True)
    return data


def _lay_out(html: str, fetcher: Any, lang: str, profile: str) -> Any:
    import weasyprint  # noqa: PLC0415  (heavy: only the worker makes PDFs)

    # A base lets WeasyPrint refuse relative addresses as it does others, instead of failing.
    document = weasyprint.HTML(string=html, base_url="asset:", url_fetcher=fetcher)
    document.etree_element.set("lang", lang)
    for element in document.etree_element.iter():
        _disarm(element)
    return document.render(font_config=_font_configuration(), pdf_variant=profile)


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


@lru_cache(maxsize=1)
def _font_configuration() -> Any:
    from weasyprint.text.fonts import (  # noqa: PLC0415  (heavy: only the worker makes PDFs)
        FontConfiguration,
    )

    mend_text_layer()
    return FontConfiguration()


@lru_cache(maxsize=1)
def _stylesheet() -> bytes:
    return (files("eventhub.printing") / "print.css").read_bytes()


def _fetcher(assets: Mapping[str, bytes]) -> Any:
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

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            if not url.startswith("asset:"):
                return super().fetch(url, headers)
            name = unquote(url.removeprefix("asset:"))
            data = _stylesheet() if name == "print.css" else assets.get(name)
            if data is None:
                raise ValueError(f"no such asset: {name}")
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, data, {"Content-Type": kind})

    return AssetFetcher()
