"""The letters, forms and receipts in English: translations for reading, never the papers that hold."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from voting.wording import periods_english as periods
from voting.wording.card_english import CLAUSE_NAMES
from voting.wording.editions import PaperSay
from voting.wording.english_terms import IN_ENGLISH, TERMS, translation
from voting.wording.keeping_english import kept_until
from voting.wording.minutes_english import MINUTES_IN_ENGLISH
from voting.wording.numbers_english import DISCLOSURES, members, votes
from voting.wording.paper_terms_english import PAPER_SENTENCES
from voting.wording.receipts_english import choices, refusal
from voting.wording.rules_english import (
    change_sentence,
    condition_text,
    form_notes,
    proxy_notes,
    rule_sentences,
    sentence,
)

PAPER_TERMS: Mapping[str, str] = {**TERMS, **PAPER_SENTENCES}


def _second(at: datetime) -> str:
    return f"{periods.moment(at, seconds=True)} (Japanese time)"


def _minute(at: datetime) -> str:
    return periods.moment(at.replace(second=0, microsecond=0))


PAPERS_IN_ENGLISH = PaperSay(
    tag=IN_ENGLISH.tag,
    term=PAPER_TERMS.__getitem__,
    motion=IN_ENGLISH.motion,
    question=IN_ENGLISH.question,
    outcome=IN_ENGLISH.outcome,
    requirement=IN_ENGLISH.requirement,
    channel=lambda channel: sentence(IN_ENGLISH.channel(channel)),
    letter_date=periods.day,
    day=periods.day,
    second=_second,
    minute=_minute,
    period=periods.period,
    closing=periods.closing,
    choices=choices,
    refusal=refusal,
    change=change_sentence,
    form_notes=form_notes,
    proxy_notes=proxy_notes,
    rules=rule_sentences,
    condition=lambda docket, motion: condition_text(motion),
    members=members,
    votes=votes,
    clauses=MappingProxyType({key: sentence(name) for key, name in CLAUSE_NAMES.items()}),
    disclosures=DISCLOSURES,
    kept_until=kept_until,
    translation=translation,
    minutes=MINUTES_IN_ENGLISH,
)
