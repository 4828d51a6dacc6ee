"""Schedules for conference apps, and the page that leads to them."""

from functools import partial

from flask.typing import ResponseReturnValue

from eventhub.agenda.made import page_values, published_source
from eventhub.exchange.files import FORMATS
from eventhub.exchange.views.blueprint import bp
from eventhub.web.access import PUBLIC, requires
from eventhub.web.for_all import page_for_all
from eventhub.web.made_once import answer
from eventhub.web.urls import absolute


@bp.get("/<lang>/<slug>/programme/apps")
@requires(PUBLIC)
def apps(lang: str, slug: str) -> ResponseReturnValue:
    """Say which files conference apps read, and where they are."""
    source = published_source(slug)
    files = [
        (one.filename, absolute("exchange.schedule", lang=lang, slug=slug, filename=one.filename))
        for one in FORMATS
    ]
    values = page_values(source.event, source.host, "exchange.apps", None)
    return page_for_all("exchange/apps.html", **values, files=files)


@bp.get("/<lang>/<slug>/programme/schedule.xml", defaults={"filename": "schedule.xml"})
@bp.get("/<lang>/<slug>/programme/schedule.json", defaults={"filename": "schedule.json"})
@requires(PUBLIC)
def schedule(lang: str, slug: str, filename: str) -> ResponseReturnValue:
    """Answer the programme in force as a schedule."""
    source = published_source(slug)
    form = next(one for one in FORMATS if one.filename == filename)
    make = partial(form.make, source)
    return answer(form.key(source), make, form.media_type, filename=f"{slug}-{filename}")
