"""What can be done with events."""

from eventhub.events.services.categories import change_category, choose_categories
from eventhub.events.services.changing import (
    MODES,
    change_basics,
    change_dates_and_place,
    change_languages,
    change_registration,
    change_setting,
    change_switches,
    move_address,
)
from eventhub.events.services.content import (
    add_host,
    add_info_page,
    add_room,
    change_info_page,
    change_room,
    copy_rooms,
    create_series,
    remove_host,
    remove_info_page,
    remove_room,
    set_hosts,
    use_venue,
)
from eventhub.events.services.copying import (
    REHEARSAL_DAYS,
    copy_event,
    delete_draft,
    destroy_keys,
    erase_event,
    rehearse_event,
)
from eventhub.events.services.creating import create_event
from eventhub.events.services.life import (
    archive_event,
    audience,
    cancel_event,
    postpone_event,
    publish_event,
)
from eventhub.events.services.shared import instant_of

__all__ = [
    "MODES",
    "REHEARSAL_DAYS",
    "add_host",
    "add_info_page",
    "add_room",
    "archive_event",
    "audience",
    "cancel_event",
    "change_basics",
    "change_category",
    "change_dates_and_place",
    "change_info_page",
    "change_languages",
    "change_registration",
    "change_room",
    "change_setting",
    "change_switches",
    "choose_categories",
    "copy_event",
    "copy_rooms",
    "create_event",
    "create_series",
    "delete_draft",
    "destroy_keys",
    "erase_event",
    "instant_of",
    "move_address",
    "postpone_event",
    "publish_event",
    "rehearse_event",
    "remove_host",
    "remove_info_page",
    "remove_room",
    "set_hosts",
    "use_venue",
]
