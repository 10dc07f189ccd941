"""Short names that stand in addresses and in a ledger's origin."""

import re

_PLAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


def is_plain(name: str) -> bool:
    """Whether *name* is 1–64 of a–z, 0–9 and hyphen, the hyphen not at an end."""
    return _PLAIN.fullmatch(name) is not None


def origin(host: str, body: str, assembly: str) -> str:
    """The name of an assembly's ledger.  Source: ledger L1."""
    return f"{host}/{body}/{assembly}"
