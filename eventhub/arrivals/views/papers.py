"""Asking the worker for a PDF, and showing it or that it is being made."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from eventhub.core.db import db
from eventhub.core.errors import NotFound
from eventhub.events.models import Event
from eventhub.files.models import StoredFile
from eventhub.jobs.queries import find_job
from eventhub.jobs.services import queue
from eventhub.jobs.waiting import wait_for_job
from eventhub.web.downloads import send_stored
from eventhub.web.forms import BaseForm
from eventhub.web.once import once


def ask_for(event: Event, name: str, args: dict[str, Any]) -> str:
    """Queue the work and wait for it a moment; return the ref of the job."""
    job = once(
        BaseForm().key.data,
        f"{name}:{event.id}",
        lambda: queue(name, event_id=event.id, **args).ref,
    )
    wait_for_job(job, event_id=event.id)
    return job


def answer(
    event: Event, name: str, args: dict[str, Any], job: str, *, heading: str, back_url: str
) -> ResponseReturnValue:
    """Answer with the PDF, or show that it is being made; the page loads itself again.

    NotFound unless the job was asked for with these arguments, the language excepted: whoever
    reaches less of the event than who asked must not see what the other one saw.
    """
    work = find_job(job, event_id=event.id)
    asked = {key: value for key, value in work.args.items() if key != "language"} if work else {}
    if work is None or work.name != name or asked != args:
        raise NotFound
    file = db.session.get(StoredFile, work.result.get("file", 0)) if work.result else None
    if file is not None and file.event_id == event.id:
        return send_stored(file)
    page = render_template(
        "arrivals/show_paper.html", event=event, job=work, heading=heading, back_url=back_url
    )
    again: dict[str, str] = {"Refresh": "2"} if work.state in ("waiting", "running") else {}
    return page, 200, again
