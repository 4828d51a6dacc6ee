"""Names of what may be done with registrations; `access.rules` says which role may."""

VIEW = "registration.view"
DECIDE = "registration.decide"
ENTER = "registration.enter"
REINSTATE = "registration.reinstate"
SEE_NEEDS = "registration.see_needs"
REVIEW_PHOTO = "photo.review"
VOUCH = "delegation.vouch"
