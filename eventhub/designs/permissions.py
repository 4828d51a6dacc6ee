"""Names of what may be done with designs; `access.rules` says which role may."""

EDIT = "badge.design"
