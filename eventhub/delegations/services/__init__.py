"""What can be done with delegations: opened, invited, claimed, answered for, proved by letters."""

from eventhub.delegations.services.focal_points import (
    ask_for_review,
    claim,
    confirm_focal_point,
    end_focal_point,
    grant_taken,
    invite_focal_point,
    make_primary,
    name_focal_point,
)
from eventhub.delegations.services.invitations import (
    change_invitation,
    clear_invitations,
    follow_deadline,
    mark_sent,
    note_reminded,
    prepare_invitations,
    renew_code,
)
from eventhub.delegations.services.official_letters import (
    receive_letter,
    refuse_letter,
    verify_letter,
)
from eventhub.delegations.services.opening import (
    end_preparation,
    get_or_open,
    lock_delegation,
    next_numbers,
    open_for,
    set_role,
)
from eventhub.delegations.services.replies import (
    add_contacts,
    add_note,
    names_came,
    remove_contact,
    set_reply,
)

__all__ = [
    "add_contacts",
    "add_note",
    "ask_for_review",
    "change_invitation",
    "claim",
    "clear_invitations",
    "confirm_focal_point",
    "end_focal_point",
    "end_preparation",
    "follow_deadline",
    "get_or_open",
    "grant_taken",
    "invite_focal_point",
    "lock_delegation",
    "make_primary",
    "mark_sent",
    "name_focal_point",
    "names_came",
    "next_numbers",
    "note_reminded",
    "open_for",
    "prepare_invitations",
    "receive_letter",
    "refuse_letter",
    "remove_contact",
    "renew_code",
    "set_reply",
    "set_role",
    "verify_letter",
]
