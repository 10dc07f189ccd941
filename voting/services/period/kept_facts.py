"""How a recorded decision is kept beside the ledger."""

import json
from typing import Any


def kept_value(value: Any) -> str | None:
    """A decision as its row keeps it: a mark as it is, names as JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(list(value), ensure_ascii=False)
