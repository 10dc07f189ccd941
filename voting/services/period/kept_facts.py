"""How a recorded decision is kept beside the ledger, and how it is said."""

import json
from collections.abc import Mapping
from typing import Any

from voting.core.docket import Docket
from voting.core.motions import Method
from voting.ledger.wording import CONFIDENCE_WORDS, MARK_WORDS


def kept_value(value: Any) -> str | None:
    """A decision as its row keeps it: a mark as it is, names and marks by candidate as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
    return json.dumps(list(value), ensure_ascii=False)


def decision_words(value: Any, docket: Docket, number: int) -> str:
    """A decision on motion *number* in words, which may have been withdrawn since.

    Order   marks by candidate as on the ballot, a lot as drawn.
    """
    if isinstance(value, str):
        return MARK_WORDS.get(value, value)
    if not isinstance(value, Mapping):
        return "、".join(value)
    motion = next((each for each in docket.motions if each.number == number), None)
    names = sorted(value) if motion is None else [each for each in motion.candidates if each in value]
    if motion is not None and motion.method is Method.PLURALITY:
        return "、".join(names)
    return "、".join(f"{name}：{CONFIDENCE_WORDS[value[name]]}" for name in names)


def decision_of(kept: str) -> Any:
    """What ``kept_value`` wrote."""
    return json.loads(kept) if kept[:1] in ("{", "[") else kept
