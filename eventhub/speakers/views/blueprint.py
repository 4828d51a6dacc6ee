"""The blueprint of speakers."""

from flask import Blueprint

bp = Blueprint("speakers", __name__)
