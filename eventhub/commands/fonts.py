"""The fonts that documents are printed with: put in place, and used."""

import click

from eventhub.config import Settings
from eventhub.printing.font_copy import copy_fonts
from eventhub.printing.font_fetch import font_packages
from eventhub.printing.fonts import FontsMissing, use_fonts


def print_with_fonts(given: Settings) -> bool:
    """Let this process print with the installation's fonts; say so where they are missing."""
    try:
        use_fonts(given.fonts)
    except FontsMissing as error:
        return _say_missing(error)
    return True


def place_fonts(given: Settings) -> bool:
    """Copy the fonts into the installation's folder; say so where they cannot be had."""
    try:
        with font_packages() as packages:
            copy_fonts(packages, given.fonts)
    except FontsMissing as error:
        return _say_missing(error)
    return True


def _say_missing(error: FontsMissing) -> bool:
    click.echo(f"No PDFs can be made: {error}", err=True)
    return False
