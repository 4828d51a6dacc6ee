"""Names of what may be done with speakers; `access.rules` says which role may."""

VIEW = "agenda.view"
EDIT = "agenda.edit"
SEE_NEEDS = "registration.see_needs"
"""What somebody needs is as sensitive of a speaker as of a delegate."""
ERASE = "registration.erase"
