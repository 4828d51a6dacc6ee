"""Names of what may be done with delegations; `access.rules` says which role may."""

VIEW = "delegation.view"
EDIT = "delegation.edit"
VOUCH = "delegation.vouch"
