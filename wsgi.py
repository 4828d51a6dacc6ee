"""The WSGI application, for any server: `gunicorn wsgi:app`."""

from config import from_environment
from eventhub.app import create_app

app = create_app(from_environment())
