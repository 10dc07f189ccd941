"""The system's time and chance: the only place that asks for either."""

import secrets
from datetime import UTC, datetime


def system_clock() -> datetime:
    """The only place where the program asks what time it is."""
    return datetime.now(UTC)


def system_token(size: int) -> bytes:
    """The only place where the program takes chance."""
    return secrets.token_bytes(size)
