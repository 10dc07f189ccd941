"""An address that cannot be had is refused before gunicorn is started."""

import socket
from pathlib import Path

import pytest
from flask import Flask

from voting.core.listening import CannotListen
from voting.web.server import serve


def never() -> Flask:
    raise AssertionError("a worker was started")


def test_a_port_that_another_program_has_is_refused_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = f"127.0.0.1:{other.getsockname()[1]}"

        with pytest.raises(CannotListen) as refused:
            serve(never, listen=taken, workers=1)

    assert (refused.value.address, refused.value.reason) == (taken, "Address already in use")


@pytest.mark.parametrize("listen", ["256.1.1.1:80", "192.0.2.1:8000", "127.0.0.1:99999", "nowhere"])
def test_an_address_that_is_not_this_machines_is_refused(listen: str) -> None:
    with pytest.raises(CannotListen) as refused:
        serve(never, listen=listen, workers=1)

    assert refused.value.address == listen


def test_a_file_that_is_no_socket_is_never_replaced_by_one(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"kept")

    for listen in (f"unix:{tmp_path / 'kept'}", f"unix:{tmp_path / 'missing' / 'socket'}"):
        with pytest.raises(CannotListen):
            serve(never, listen=listen, workers=1)

    assert (tmp_path / "kept").read_bytes() == b"kept"
