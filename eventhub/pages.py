"""Gunicorn, with the application loaded once before its processes are forked."""

import gc
from collections.abc import Callable

from flask import Flask
from gunicorn.app.base import BaseApplication

from eventhub.config import Settings
from eventhub.serving import GRACE_SECONDS


class WebServer(BaseApplication):  # type: ignore[misc]
    """The server of the pages: a few processes of a few threads each."""

    def __init__(
        self, app: Flask, settings: Settings, address: str, ready: Callable[[], None]
    ) -> None:
        self._app, self._settings, self._address, self._ready = app, settings, address, ready
        super().__init__()

    def load_config(self) -> None:
        """Tell gunicorn what the settings say."""
        options = {
            "bind": self._address,
            "workers": self._settings.workers,
            "threads": self._settings.threads,
            "worker_class": "gthread",
            "preload_app": True,
            "graceful_timeout": GRACE_SECONDS,
            "timeout": 60,
            "keepalive": 5,
            "max_requests": 20_000,
            "max_requests_jitter": 2_000,
            "loglevel": "warning",
            "accesslog": None,
            "proc_name": "eventhub",
            "control_socket_disable": True,
            "when_ready": lambda _server: self._ready(),
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Keep what the application is made of out of later garbage collections.

        Forked processes then share that memory, since nothing touches it any more.
        """
        gc.collect()
        gc.freeze()
        return self._app


def serve_pages(
    app: Flask, settings: Settings, address: str, ready: Callable[[], None] = lambda: None
) -> None:
    """Serve the pages at an address like 127.0.0.1:8000 until told to end; say when they are."""
    WebServer(app, settings, address, ready).run()
