"""Pages of registrations: of delegates (public, personal) and of staff (queue, record)."""

from eventhub.registration.views import (
    asking,
    deciding,
    delegation_history,
    delegation_paper,
    delegations,
    entering,
    find,
    matching,
    members,
    own_data,
    personal,
    photos,
    public,
    queue,
    record,
    steps,
    workspace,
)
from eventhub.registration.views.blueprint import bp

__all__ = [
    "asking",
    "bp",
    "deciding",
    "delegation_history",
    "delegation_paper",
    "delegations",
    "entering",
    "find",
    "matching",
    "members",
    "own_data",
    "personal",
    "photos",
    "public",
    "queue",
    "record",
    "steps",
    "workspace",
]
