"""One page of each kind: where links lead to from some pages on."""

from collections.abc import Iterable, Sequence
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from playwright.sync_api import APIRequestContext
from werkzeug.exceptions import HTTPException

from tests.e2e.site import Site


def kinds_from(
    site: Site, reader: APIRequestContext, starts: Sequence[str], known: set[str]
) -> Iterable[str]:
    """Yield the address of one page of each kind that links lead to, the first one met.

    Starts are addresses without the site's; their kinds and those `known` are left out, and those
    met become known. What is no page (a PDF, a table) or not for this reader is passed over.
    """
    routes = site.app.url_map.bind("127.0.0.1")
    todo, seen = list(starts), set(starts)
    while todo:
        address = todo.pop(0)
        try:
            kind = routes.match(urlsplit(address).path, "GET")[0]
        except HTTPException:
            continue
        if kind in known and address not in starts:
            continue
        answer = reader.get(address)
        if not answer.ok or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        known.add(kind)
        if address not in starts:
            yield address
        for link in BeautifulSoup(answer.text(), "lxml").select("a[href]"):
            full = urljoin(answer.url, str(link["href"])).partition("#")[0]
            path = full.removeprefix(site.base)
            if full.startswith(site.base) and path not in seen:
                seen.add(path)
                todo.append(path)
