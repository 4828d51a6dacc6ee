"""What an officer says of a photo, and that its owner learns of it."""

from eventhub.core.actor import Actor
from eventhub.photos.models import Photo
from eventhub.photos.rules import PhotoState
from eventhub.photos.services import set_state
from eventhub.registration import messages
from eventhub.registration.models import Registration


def review(
    registration: Registration, photo: Photo, state: PhotoState, *, actor: Actor, reason: str = ""
) -> None:
    """Accept the photo, or ask its owner for another one with a reason (R1.24)."""
    set_state([photo], state, reason=reason, actor=actor)
    if state == PhotoState.REDO:
        messages.tell("photo_again", [registration])
