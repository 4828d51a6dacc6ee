"""The installation as services may ask for it, who do not know Flask."""

from typing import Any

from flask import current_app

from eventhub.config import Settings


def site() -> Settings:
    """Return the settings of the running application."""
    settings: Settings = current_app.extensions["eventhub.settings"]
    return settings


def rendered(template: str, **values: Any) -> str:
    """Return a template filled in, outside any request: for paper and mail."""
    return current_app.jinja_env.get_template(template).render(values)
