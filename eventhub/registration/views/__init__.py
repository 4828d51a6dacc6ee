"""Pages of registrations: of delegates (public, personal) and of staff (queue, record)."""

from eventhub.registration.views import (
    deciding,
    delegations,
    find,
    own_data,
    personal,
    photos,
    public,
    queue,
    record,
    steps,
)
from eventhub.registration.views.blueprint import bp

__all__ = [
    "bp",
    "deciding",
    "delegations",
    "find",
    "own_data",
    "personal",
    "photos",
    "public",
    "queue",
    "record",
    "steps",
]
