"""What is said about one answer in English, as ``receipts`` and the ledger's words say it in Japanese."""

from collections.abc import Mapping
from types import MappingProxyType

from voting.ledger.canonical import utf16_order

# Reason of a refusal (ledger L3) -> what it means for the sender.
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "late": "It came after the deadline and cannot be counted.",
        "early": "It came before the opening and cannot be counted. Please answer again within the period.",
        "suspended": "Nothing was being taken at that time, so it cannot be counted. "
        "Please ask the secretariat.",
        "void": "It answers motions as they were before they were changed and is void on all of them. "
        "You can answer again within the period. Without an answer on the changed motions you are counted "
        "neither for nor against.",
        "invalid": "It is not on the form provided and cannot be counted. Please ask the secretariat.",
    }
)
MARKS: Mapping[str, str] = MappingProxyType(
    {
        "for": "For",
        "against": "Against",
        "abstain": "Abstain",
        "blank": "Unmarked",
        "both": "Marked both ways",
    }
)


def refusal(reason: str | None) -> str:
    """Why an answer does not count; empty for one that was accepted."""
    return "" if reason is None else REFUSALS[reason]


def choices(given: Mapping[str, object]) -> dict[str, str]:
    """The choices in words, by the number of the motion.

    Order   candidates as on the Japanese receipt.
    Raises  KeyError for a mark that is none.
    """
    return {number: _phrase(choice) for number, choice in given.items()}


def _phrase(choice: object) -> str:
    if isinstance(choice, Mapping):
        return "; ".join(f"{name}: {MARKS[choice[name]]}" for name in sorted(choice, key=utf16_order))
    if isinstance(choice, list | tuple):
        return "; ".join(map(str, choice)) or MARKS["blank"]
    return MARKS[str(choice)]
