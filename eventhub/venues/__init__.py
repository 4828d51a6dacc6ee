"""Venues and their rooms: the catalogue of places from which events take their rooms.

A *venue* belongs to an institution, or to the installation where no institution is named; its
*rooms* are copied into an event, which may then change its own copy.
"""
