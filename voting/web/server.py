"""The web server: gunicorn's sync workers, one a core, each with a runtime of its own."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication


def serve(make_app: Callable[[], Flask], *, listen: str, workers: int) -> None:
    """Serve until stopped.  ``make_app`` runs once in each worker, after the fork.

    The backlog holds the closing minute; a control socket would be one more door.
    """
    _Server(
        make_app,
        {
            "bind": listen,
            "workers": workers,
            "worker_class": "sync",
            "backlog": 2048,
            "control_socket_disable": True,
            "accesslog": None,
            "graceful_timeout": 30,
            "timeout": 60,
        },
    ).run()


class _Server(BaseApplication):
    def __init__(self, make_app: Callable[[], Flask], options: dict[str, object]) -> None:
        self._make_app, self._options = make_app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._make_app()
