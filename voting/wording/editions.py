"""The words that a table of a result is made of, in the language of its edition.

A term is its own key in Japanese, as in the catalogue of the pages; names and titles are never translated.
"""

from collections.abc import Callable
from dataclasses import dataclass

from voting.core.docket import Docket
from voting.core.motions import Motion
from voting.core.result import Count, Outcome
from voting.wording.numbers import ChoiceWords, channel_word, outcome_word
from voting.wording.requirements import requirement
from voting.wording.results import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """What a language says.

    Shape   ``tag`` names the language to a reader's machine; ``term`` is for headings and other fixed
            words; ``question`` is the label of a question with its candidate, ``motion`` without.
    """

    tag: str
    term: Callable[[str], str]
    motion: Callable[[int], str]
    question: Callable[[Question], str]
    outcome: Callable[[Outcome, ChoiceWords], str]
    requirement: Callable[[Docket, Motion, Count | None], str]
    channel: Callable[[str], str]


IN_JAPANESE = Say(
    tag="ja-JP",
    term=lambda term: term,
    motion=lambda number: f"第{number}号議案",
    question=lambda question: question.label,
    outcome=outcome_word,
    requirement=requirement,
    channel=channel_word,
)
