"""The blueprint that the modules of pages share."""

from flask import Blueprint

bp = Blueprint("homes", __name__)
