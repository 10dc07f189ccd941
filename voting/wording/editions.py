"""The words that a table of a result is made of, in the language of its edition.

A term is its own key in Japanese, as in the catalogue of the pages; names and titles are never translated.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from voting.core.assembly import Schedule
from voting.core.docket import Docket
from voting.core.motions import Motion
from voting.core.result import Count, Outcome, Result
from voting.wording.numbers import AnyResult, ChoiceWords, channel_word, outcome_word
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

    @property
    def is_japanese(self) -> bool:
        return self.tag.startswith("ja")

    def says(self, sentence: str, /, **values: object) -> str:
        """A fixed sentence, itself a term, filled in."""
        return self.term(sentence).format(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSay:
    """What a language says in minutes.

    Shape   ``attendance`` takes the ways of ``attendance.attendance``; ``full_line`` has every part of every
            class; ``condition`` says whether it came true; ``plain`` puts a sentence into the style of
            minutes.
    """

    attendance: Callable[[Docket, Result, Sequence[tuple[str, int]]], tuple[str, ...]]
    quorum: Callable[[Docket, Result], str]
    notes: Callable[[Docket, Result], tuple[str, ...]]
    full_line: Callable[[Count, ChoiceWords], str]
    condition: Callable[[Docket, Motion, Mapping[int, Outcome]], str]
    reason: Callable[[Docket, Motion, AnyResult], str]
    plain: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSay(Say):
    """What a language says in the letters, forms and receipts of an assembly.

    Shape   ``letter_date`` heads a letter, ``day`` stands in a sentence; ``second`` is an instant to the
            second, ``minute`` one to the minute under a head that says where; ``choices``: an answer as the
            ledger has it -> words by the number of the motion; ``refusal`` is empty for what was accepted;
            ``translation`` says of which paper this is one, empty where it is the paper itself;
            ``proxy_notes`` are asked with ``chair=`` and ``member=``, ``kept_until`` with ``closed_on=``.
    """

    letter_date: Callable[[date], str]
    day: Callable[[date], str]
    second: Callable[[datetime], str]
    minute: Callable[[datetime], str]
    period: Callable[[Schedule], str]
    closing: Callable[[Schedule], str]
    choices: Callable[[Mapping[str, object]], dict[str, str]]
    refusal: Callable[[str | None], str]
    change: Callable[[Docket], str]
    form_notes: Callable[[Docket], tuple[str, ...]]
    proxy_notes: Callable[..., tuple[str, ...]]
    rules: Callable[[Docket], tuple[str, ...]]
    condition: Callable[[Docket, Motion], str]
    members: Callable[[int], str]
    votes: Callable[[int], str]
    clauses: Mapping[str, str]
    disclosures: Mapping[str, str]
    kept_until: Callable[..., str]
    translation: Callable[[str], str]
    minutes: MinutesSay


IN_JAPANESE = Say(
    tag="ja-JP",
    term=lambda term: term,
    motion=lambda number: f"第{number}号議案",
    question=lambda question: question.label,
    outcome=outcome_word,
    requirement=requirement,
    channel=channel_word,
)
