"""Names of what may be done here; `access.rules` says which role may."""

ORDER = "protocol.order"
EDIT_GROUPS = "group.edit"
EDIT_ENTITIES = "entity.edit"
EDIT_SHARED_GROUPS = "group.edit_shared"
