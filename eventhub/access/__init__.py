"""Who may do what: roles, grants with a scope, throttling. Deny by default.

A *permission* is "feature.verb"; a *role* is a fixed set of permissions (`rules.ROLES`); a
*grant* gives one account one role, at the installation, an institution or an event, for a
*scope* (categories, delegations, gates). Rights never cross from one event to another.
"""
