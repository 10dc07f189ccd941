"""What is one character to a reader: a kanji with the selector of its variant, an emoji of several parts."""

import unicodedata

JOINER = "\u200d"  # between the parts of an emoji


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


def _belongs(character: str, before: str) -> bool:
    if is_selector(character):
        return not is_selector(before[-1])
    return character == JOINER and unicodedata.category(before[0]) == "So"
