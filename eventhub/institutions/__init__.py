"""Institutions: the ministries, missions and institutes that hold events on this installation.

An *institution* owns teams and places; its administrators and organisers create its events. Its
*zone*, *languages* and *contact e-mail* are what a new event starts from.
"""
