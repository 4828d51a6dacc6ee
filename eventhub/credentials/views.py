"""What wallets and those who check credentials fetch: JSON, without an account."""

import json
import re
from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from eventhub.core.errors import NotFound
from eventhub.core.ids import digest
from eventhub.credentials import issuer, queries, services
from eventhub.credentials.messages import said_of
from eventhub.web import made_once
from eventhub.web.access import PUBLIC, requires
from eventhub.web.throttle import throttle

bp = Blueprint("credentials", __name__)

MINUTES = 10
"""As on the page that proves a certificate, whose counts these addresses share."""
LINKED = "application/ld+json"
_LIST = re.compile(r"list-([1-9][0-9]{0,8})")


@bp.get("/.well-known/did.json")
@requires(PUBLIC)
def fetch_did() -> ResponseReturnValue:
    """Tell the keys of the issuer (did:web)."""
    return _open(made_once.answer_now(_bytes(issuer.did_document()), LINKED))


@bp.get("/c/<code>/credential.json")
@requires(PUBLIC)
def fetch_credential(code: str) -> ResponseReturnValue:
    """Give the credential of a valid certificate to whoever has its code."""
    throttle("certificates.verify", limit=60, minutes=MINUTES)
    certificate = queries.find_creditable(code)
    if certificate is None:
        throttle("certificates.miss", limit=30, minutes=MINUTES)
        raise NotFound
    answer = made_once.answer_now(_bytes(services.make_credential(certificate)), LINKED)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.headers["Cache-Control"] = "private, no-cache"
    return _open(answer)


@bp.get("/credentials/achievements/<event>/<level>")
@requires(PUBLIC)
def fetch_achievement(event: str, level: str) -> ResponseReturnValue:
    """Say what a level of an event is."""
    throttle("credentials.achievement", limit=60, minutes=MINUTES)
    certificate = queries.get_exemplary(event, level)
    achievement = services.make_achievement(certificate, said_of(certificate))
    return _open(made_once.answer_now(_bytes(achievement), LINKED))


@bp.get("/credentials/status/<name>")
@requires(PUBLIC)
def fetch_status_list(name: str) -> ResponseReturnValue:
    """Tell which certificates are in force: signed once for each change, then handed out."""
    throttle("credentials.status", limit=60, minutes=MINUTES)
    found = _LIST.fullmatch(name)
    if found is None:
        raise NotFound
    number = int(found[1])
    queries.begun_at(number)
    _key, method = issuer.newest_key()
    stamp = digest(f"{method} {queries.in_force(number)}")[:32]
    key = made_once.Key(f"credentials-{name}", stamp, "status")

    def make() -> bytes:
        made_once.forget_others(key.owner, {stamp})
        return _bytes(services.make_status_list(number))

    return _open(made_once.answer(key, make, LINKED))


def _bytes(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _open(answer: Response) -> Response:
    """Let pages of other sites read it: checkers run in browsers."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer
