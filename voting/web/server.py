"""The web server: gunicorn's sync workers, one a core, each with a runtime of its own."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from voting.addresses import UNIX, NoAddress, host_and_port
from voting.core.listening import CannotListen


def serve(make_app: Callable[[], Flask], *, listen: str, workers: int) -> None:
    """Serve until stopped.  ``make_app`` runs once in each worker, after the fork.

    The backlog holds the closing minute; a control socket would be one more door.
    Raises  CannotListen, before any worker is started.
    """
    require_free(listen)
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


def require_free(listen: str) -> None:
    """Bind once and let go: gunicorn would try for seconds, and say why in its own log only.

    Raises  CannotListen.
    """
    if listen.startswith(UNIX):
        file = Path(listen.removeprefix(UNIX))
        if file.exists() and not file.is_socket():
            raise CannotListen(listen, "there is a file that is no socket")
        if not os.access(file.parent, os.W_OK | os.X_OK):
            raise CannotListen(listen, f"nothing can be made in {file.parent}")
        return
    try:
        host, port = host_and_port(listen)
        family, _, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except NoAddress as fault:
        raise CannotListen(listen, str(fault)) from fault
    except OSError as fault:
        raise CannotListen(listen, fault.strerror or str(fault)) from fault


class _Server(BaseApplication):
    def __init__(self, make_app: Callable[[], Flask], options: dict[str, object]) -> None:
        self._make_app, self._options = make_app, options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return self._make_app()
