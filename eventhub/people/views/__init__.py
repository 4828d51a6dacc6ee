"""Pages for signing in and out, the own account, and teams."""

from eventhub.people.views import account, sign_in, team
from eventhub.people.views.blueprint import bp

__all__ = ["account", "bp", "sign_in", "team"]
