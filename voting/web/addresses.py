"""Where a request comes from, and where it may be sent on to."""

import hmac
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from flask import current_app, request


def visitor() -> str:
    """A name for the network address of this request, the same each time, which does not tell the address.

    The server stands behind a proxy on the same machine, which adds the address it saw at the end of
    X-Forwarded-For; a socket of the machine has no address at all.  A whole IPv6 network of a household or
    an office (/64) counts as one.
    """
    seen = request.remote_addr or ""
    if not seen or _is_here(seen):
        seen = request.headers.get("X-Forwarded-For", seen).rsplit(",", 1)[-1].strip()
    key = str(current_app.secret_key).encode()
    return hmac.new(key, _network(seen).encode(), sha256).hexdigest()[:32]


def own_path(text: str, otherwise: str) -> str:
    """*text* where it is a path of this site, to be sent on to; else *otherwise*."""
    parts = urlsplit(text)
    plain = text.isprintable() and text.startswith("/") and not text.startswith(("//", "/\\"))
    return text if plain and not parts.scheme and not parts.netloc and "\\" not in text else otherwise


def _is_here(address: str) -> bool:
    try:
        return _plain(address).is_loopback
    except ValueError:
        return False


def _plain(address: str) -> IPv4Address | IPv6Address:
    """The address; one of IPv4 that is written as one of IPv6 (::ffff:192.0.2.1) as what it is."""
    found = ip_address(address)
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _network(address: str) -> str:
    try:
        found = _plain(address)
    except ValueError:
        # Whatever a proxy wrote: all of it together is one address.
        return "?"
    return str(ip_network(f"{found}/64", strict=False)) if found.version == 6 else str(found)
