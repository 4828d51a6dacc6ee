"""Pages for signing in and out, the own account, and teams."""

from eventhub.people.views import account, erasing, sign_in, team
from eventhub.people.views.blueprint import bp

__all__ = ["account", "bp", "erasing", "sign_in", "team"]
