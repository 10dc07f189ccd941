"""A ballot's choices in the words that a receipt repeats for people.

The words are part of the receipt's format, not of the translations: a receipt printed in Japanese must
still be checked in ten years, on a machine that knows no catalogue.
"""

from collections.abc import Mapping

from voting.ledger.canonical import utf16_order

MARK_WORDS = {"for": "賛成", "against": "反対", "abstain": "棄権", "blank": "無記入", "both": "両方に○"}
# A vote on a person is one of confidence; the rest reads the same.
CONFIDENCE_WORDS = MARK_WORDS | {"for": "信任", "against": "不信任"}
NOBODY_CHOSEN = MARK_WORDS["blank"]


class WordingFault(ValueError):
    """A choice that has no words."""


def words(choices: Mapping[str, object]) -> dict[str, str]:
    """The choices in words, by the number of the motion.

    Shape   ``{"1": "賛成", "3": "長野県：信任、那須町：不信任", "4": "長野県、那須町"}``.
    Order   candidates of a vote of confidence as canonical JSON orders them, so that a receipt read back
            says the same; candidates chosen by plurality as they were given.
    Raises  WordingFault for a choice that is no mark, no marks by candidate and no list of names.
    """
    return {number: _phrase(choice) for number, choice in choices.items()}


def _phrase(choice: object) -> str:
    if isinstance(choice, str) and choice in MARK_WORDS:
        return MARK_WORDS[choice]
    if isinstance(choice, Mapping):
        return "、".join(f"{name}：{_confidence(choice[name])}" for name in sorted(choice, key=utf16_order))
    if isinstance(choice, list | tuple) and all(isinstance(name, str) for name in choice):
        return "、".join(choice) or NOBODY_CHOSEN
    raise WordingFault("a choice without words")


def _confidence(mark: object) -> str:
    if not isinstance(mark, str) or mark not in CONFIDENCE_WORDS:
        raise WordingFault("a mark without words")
    return CONFIDENCE_WORDS[mark]
