"""The blueprint that all pages of badges share."""

from flask import Blueprint

bp = Blueprint("badges", __name__)

PRINT = "badge.print"
