"""Where a server listens, as it is typed: HOST:PORT.  Nothing is opened here."""

import re

LARGEST_PORT = 65535
UNIX = "unix:"  # and then a file: the other form that the web server knows
_ADDRESS = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+)):([0-9]{1,5})")


class NoAddress(ValueError):
    """What was typed is no such address; the message says what is wrong with it."""


def host_and_port(address: str, *, least: int = 1) -> tuple[str, int]:
    """The two parts of ``HOST:PORT`` or ``[IPV6]:PORT``; *least* is 0 where a free port may be asked for.

    Raises  NoAddress.
    """
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise NoAddress("is not HOST:PORT")
    port = int(found[3])
    if not least <= port <= LARGEST_PORT:
        raise NoAddress(f"has a port that is no number from {least} to {LARGEST_PORT}")
    return found[1] or found[2], port
