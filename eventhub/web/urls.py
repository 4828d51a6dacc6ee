"""Addresses for outside the page: always from the base address of the settings."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import current_app, has_request_context, request, url_for

from eventhub.config import Settings


@contextmanager
def addresses() -> Iterator[None]:
    """Let pages' addresses be built inside the block, also where there is no request."""
    if has_request_context():
        yield
        return
    settings: Settings = current_app.extensions["eventhub.settings"]
    with current_app.test_request_context(base_url=settings.base_url):
        yield


def absolute(endpoint: str, **values: Any) -> str:
    """Return the full address of a page, from BASE_URL, never from the Host header."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    with addresses():
        return settings.base_url + url_for(endpoint, _external=False, **values)


def base_url() -> str:
    """Return the address people use, without a slash at its end."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    return settings.base_url


def host() -> tuple[str, bool]:
    """Return the host of the base address, with its port where it has one; whether it is HTTPS."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    return settings.host, settings.is_https


def safe_next(default: str) -> str:
    """Return the page to go to after a form: `next` of the address, if it is one of ours."""
    target = request.values.get("next", "")
    inside = target.startswith("/") and not target.startswith(("//", "/\\")) and "\\" not in target
    return target if inside and not any(ord(c) < 32 for c in target) else default
