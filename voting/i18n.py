"""What people read when something is refused: a sentence with its remedy for every code.

The sentences are in locale/refusals.toml, Japanese and English side by side, so that a missing one is seen.
Pages, mails and command line all print these; no layer below knows a sentence.
"""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from voting.core.errors import Refusal
from voting.core.japanese_dates import JST, last_minute, plain_day, plain_instant, wareki

LANGUAGES = ("ja", "en")

_CATALOGUE = Path(__file__).parent / "locale" / "refusals.toml"
_WORDS = "words"
# The end of a period: the sentence names its last minute, as pages, papers and mails do.
_CLOSES = frozenset({"closed_at", "closes_at"})
# Fields that hold one of our own words rather than somebody's text.
_WORDED = frozenset({"missing", "signers", "step", "wanted", "what"})


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The sentences by code and language."""
    return {code: texts for code, texts in _read().items() if code != _WORDS}


def sentence(refusal: Refusal, language: str = "ja") -> str:
    """What is wrong and what to do about it, in one or a few sentences.

    Raises  KeyError for a code without a sentence: a test makes sure that there is none.
    """
    texts = catalogue()[refusal.code]
    return texts[language].format_map(_facts(refusal, language))


def lines(refusal: Refusal, language: str = "ja") -> tuple[str, ...]:
    """The sentence, and below it one for everything that the refusal is made of."""
    return (sentence(refusal, language), *_parts(refusal, language))


def _parts(refusal: Refusal, language: str) -> Iterator[str]:
    for fault in getattr(refusal, "faults", ()):
        if isinstance(fault, Refusal):
            yield from lines(fault, language)
    # Findings in a sheet come in words already: only its reader knows rows and columns.
    yield from getattr(refusal, "lines", ())


def _facts(refusal: Refusal, language: str) -> dict[str, Any]:
    # Some refusals are plain classes: they have no facts.
    names = getattr(refusal, "__dataclass_fields__", {})
    return {name: _printed(name, getattr(refusal, name), language) for name in names}


def _printed(name: str, value: object, language: str) -> object:
    """A fact as people write it; numbers stay numbers, so that a sentence can ask for a form."""
    if isinstance(value, Refusal):
        return sentence(value, language)
    if isinstance(value, datetime):
        return instant_words(last_minute(value) if name in _CLOSES else value, language)
    if isinstance(value, date):
        return day_words(value, language)
    if isinstance(value, StrEnum) or (isinstance(value, str) and name in _WORDED):
        return word(str(value), language)
    if isinstance(value, tuple):
        return ("、" if language == "ja" else ", ").join(
            str(_printed(name, each, language)) for each in value
        )
    return value


def day_words(day: date, language: str) -> str:
    """A day with its weekday."""
    return wareki(day, weekday=True) if language == "ja" else plain_day(day)


def instant_words(at: datetime, language: str) -> str:
    """An instant in Japan, to the minute."""
    if language != "ja":
        return plain_instant(at)
    local = at.astimezone(JST)
    return f"{wareki(local.date(), weekday=True)}{local.hour}時{local.minute:02d}分"


def word(value: str, language: str) -> str:
    """One of our own words, as a role or an act; anything else stays as it is."""
    known = _read()[_WORDS].get(value)
    return value if known is None else str(known[language])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(_CATALOGUE.read_text("utf-8"))
