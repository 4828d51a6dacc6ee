"""All that is made of a new version before anybody asks for it."""

from collections.abc import Callable
from functools import partial

from eventhub.agenda.made.choice import choice_page
from eventhub.agenda.made.days import ALL, day_page, first_page
from eventhub.agenda.made.offline import worker
from eventhub.agenda.made.parts import search_page
from eventhub.agenda.made.people import speakers_page
from eventhub.agenda.made.source import Source, days_seen
from eventhub.agenda.seams import PROGRAMME_FILES
from eventhub.web.made_once import keep


def make_usual(source: Source) -> int:
    """Make the pages and files of the present language that most readers ask for.

    Return how many there are.
    """
    days = [day.isoformat() for day in days_seen(source.programme())]
    forms: dict[str, Callable[[], bytes]] = {
        f"day-{day}": partial(day_page, source, day) for day in ([*days, ALL] if days else [])
    }
    forms["first"] = partial(first_page, source, None)
    forms["speakers"] = partial(speakers_page, source)
    forms["search"] = partial(search_page, source)
    forms["mine"] = partial(choice_page, source)
    forms["worker"] = partial(worker, source)
    for form, make in forms.items():
        keep(source.key(form), make)
    for make_file in PROGRAMME_FILES:
        make_file(source)
    return len(forms)
