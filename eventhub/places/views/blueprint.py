"""The blueprint of the pages of places."""

from flask import Blueprint

bp = Blueprint("places", __name__)
