"""The photos of invented people: drawn beside their loading, which waits for its database."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from eventhub.photos.portrait import Portrait, portrait_of
from eventhub.rehearsals.portraits import portrait_of as draw
from eventhub.rehearsals.rules import Person

Photograph = Callable[[Person], Portrait]
"""Gives the portrait of somebody."""


def photograph(one: Person) -> Portrait:
    """Return somebody's portrait, drawn now and made as from any photo that is sent."""
    return portrait_of(draw(one.id, one.gender))


@contextmanager
def photographed(people: Sequence[Person]) -> Iterator[Photograph]:
    """Give the portraits of these people, drawn ahead in another thread; each is asked for once."""
    with ThreadPoolExecutor(1) as studio:
        coming = {one.id: studio.submit(photograph, one) for one in people}
        yield lambda one: coming.pop(one.id).result()
