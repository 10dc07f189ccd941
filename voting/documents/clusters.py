"""What is one character to a reader: a kanji with the selector of its variant, an emoji of several parts."""

import re
import unicodedata

JOINER = "\u200d"  # between the parts of an emoji
_ANY = "[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_SELECTORS = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_JAPANESE = re.compile(_ANY)
_PARTS = re.compile(f"(?:{_ANY}{_SELECTORS}*)+|(?:(?!{_ANY}).)+", re.DOTALL)


def is_selector(character: str) -> bool:
    """Whether *character* chooses a variant of the one before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def clusters(text: str) -> list[str]:
    """*text* cut into characters, each with the selector, or the joiner of an emoji, that follows it."""
    found: list[str] = []
    for character in text:
        if found and _belongs(character, found[-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def by_language(text: str) -> list[tuple[str, bool]]:
    """*text* cut where Japanese begins and ends; the second says whether a part is Japanese.

    Order   joined, the parts are the text again.
    """
    return [(part, _JAPANESE.match(part) is not None) for part in _PARTS.findall(text)]


def _belongs(character: str, before: str) -> bool:
    if is_selector(character):
        return not is_selector(before[-1])
    return character == JOINER and unicodedata.category(before[0]) == "So"
