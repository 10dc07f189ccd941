"""How a recorded decision is kept beside the ledger, and how it is said."""

import json
from collections.abc import Mapping
from typing import Any

from voting.ledger.wording import CONFIDENCE_WORDS, MARK_WORDS


def kept_value(value: Any) -> str | None:
    """A decision as its row keeps it: a mark as it is, names and marks by candidate as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
    return json.dumps(list(value), ensure_ascii=False)


def decision_words(value: Any, *, by_names: bool) -> str:
    """A decision in words.  Shape: *by_names* where the chair chose names instead of giving marks."""
    if isinstance(value, str):
        return MARK_WORDS.get(value, value)
    if not isinstance(value, Mapping):
        return "、".join(value)
    if by_names:
        return "、".join(value)
    return "、".join(f"{name}：{CONFIDENCE_WORDS[mark]}" for name, mark in value.items())


def decision_of(kept: str) -> Any:
    """What ``kept_value`` wrote."""
    return json.loads(kept) if kept[:1] in ("{", "[") else kept
