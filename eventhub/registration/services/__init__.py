"""What can be done with registrations; all of it inside a transaction, many at once.

A registrant acts as `queries.registrant(registration)`, staff and focal points as their account.
"""

from eventhub.registration.services.amending import amend, fill_in, renew_asking
from eventhub.registration.services.changing import (
    CHANGEABLE,
    decide_change,
    edit,
    new_link,
    request_change,
    send_link,
    set_photo,
    withdraw_change,
)
from eventhub.registration.services.copying import copy_pools, move_deadlines
from eventhub.registration.services.deciding import (
    accredit,
    reinstate,
    reject,
    return_,
    revoke,
    vouch,
    waitlist,
    withdraw,
)
from eventhub.registration.services.desk import register_and_accredit
from eventhub.registration.services.drafts import (
    Entry,
    check_open,
    enter,
    save_consents,
    save_many_consents,
    save_step,
    start_draft,
)
from eventhub.registration.services.entering import (
    Fault,
    Faulty,
    enter_people,
    invite_by_link,
)
from eventhub.registration.services.heads import HeadThere, end_absence, set_absence
from eventhub.registration.services.holding import TAKE_EFFECT, take_effect, undo_decision
from eventhub.registration.services.importing import (
    apply_import,
    events_with_files,
    forget_files,
    is_untouched,
    keep_import,
    plan_import,
    read_as,
    undo_import,
)
from eventhub.registration.services.letters import (
    check_covered,
    cover,
    delegation_opened,
    letter_counts,
    name_too,
    names_came,
    send_letter,
    verify_letter,
)
from eventhub.registration.services.modes import follow_remotely, switch_mode, switched_until
from eventhub.registration.services.naming import name_head
from eventhub.registration.services.ordering import move_in_delegation
from eventhub.registration.services.persons import confirm_same_person, part_twins
from eventhub.registration.services.photo_offers import (
    forget_old_offers,
    offer_photos,
    settle_photos,
)
from eventhub.registration.services.photos import review
from eventhub.registration.services.planning import needs_reason, why_closed
from eventhub.registration.services.pools import (
    LOCKS,
    SCOPES,
    WHEN_FULL,
    PoolTerms,
    add_pool,
    change_pool,
    end_pool,
    open_pool,
    set_pool,
)
from eventhub.registration.services.reminding import remind_focal_points
from eventhub.registration.services.replacing import replace, replaced_until
from eventhub.registration.services.resuming import send_resume_link
from eventhub.registration.services.seats import ensure_pool
from eventhub.registration.services.session_seats import give_session_seats, take_session_seats
from eventhub.registration.services.submitting import register, submit
from eventhub.registration.services.tidying import (
    delete_old_drafts,
    events_to_tidy,
    withdraw_unanswered,
)
from eventhub.registration.services.waiting import give_place, promote_waiting

__all__ = [
    "CHANGEABLE",
    "LOCKS",
    "SCOPES",
    "TAKE_EFFECT",
    "WHEN_FULL",
    "Entry",
    "Fault",
    "Faulty",
    "HeadThere",
    "PoolTerms",
    "accredit",
    "add_pool",
    "amend",
    "apply_import",
    "change_pool",
    "check_covered",
    "check_open",
    "confirm_same_person",
    "copy_pools",
    "cover",
    "decide_change",
    "delegation_opened",
    "delete_old_drafts",
    "edit",
    "end_absence",
    "end_pool",
    "ensure_pool",
    "enter",
    "enter_people",
    "events_to_tidy",
    "events_with_files",
    "fill_in",
    "follow_remotely",
    "forget_files",
    "forget_old_offers",
    "give_place",
    "give_session_seats",
    "invite_by_link",
    "is_untouched",
    "keep_import",
    "letter_counts",
    "move_deadlines",
    "move_in_delegation",
    "name_head",
    "name_too",
    "names_came",
    "needs_reason",
    "new_link",
    "offer_photos",
    "open_pool",
    "part_twins",
    "plan_import",
    "promote_waiting",
    "read_as",
    "register",
    "register_and_accredit",
    "reinstate",
    "reject",
    "remind_focal_points",
    "renew_asking",
    "replace",
    "replaced_until",
    "request_change",
    "return_",
    "review",
    "revoke",
    "save_consents",
    "save_many_consents",
    "save_step",
    "send_letter",
    "send_link",
    "send_resume_link",
    "set_absence",
    "set_photo",
    "set_pool",
    "settle_photos",
    "start_draft",
    "submit",
    "switch_mode",
    "switched_until",
    "take_effect",
    "take_session_seats",
    "undo_decision",
    "undo_import",
    "verify_letter",
    "vouch",
    "waitlist",
    "why_closed",
    "withdraw",
    "withdraw_change",
    "withdraw_unanswered",
]
