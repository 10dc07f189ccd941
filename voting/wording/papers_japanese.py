"""What the letters, forms and receipts say in Japanese: the papers that hold."""

from functools import partial

from voting.core.japanese_dates import wareki
from voting.ledger.wording import words
from voting.wording.attendance import attendance_lines, quorum_text
from voting.wording.card_japanese import CLAUSE_NAMES
from voting.wording.editions import IN_JAPANESE, MinutesSay, PaperSay
from voting.wording.keeping import kept_until
from voting.wording.numbers import full_line, members_words, votes_words
from voting.wording.outcomes import outcome_sentence
from voting.wording.periods import closing_text, instant_text, period_text, second_text
from voting.wording.plain import in_plain_style
from voting.wording.receipts import DISCLOSURES, refusal_words
from voting.wording.requirements import condition_text
from voting.wording.results import rule_notes
from voting.wording.rules import change_sentence, form_notes, proxy_notes, rule_sentences

PAPERS_IN_JAPANESE = PaperSay(
    tag=IN_JAPANESE.tag,
    term=IN_JAPANESE.term,
    motion=IN_JAPANESE.motion,
    question=IN_JAPANESE.question,
    outcome=IN_JAPANESE.outcome,
    requirement=IN_JAPANESE.requirement,
    channel=IN_JAPANESE.channel,
    letter_date=partial(wareki, weekday=False),
    day=partial(wareki, weekday=True),
    second=second_text,
    minute=instant_text,
    period=period_text,
    closing=closing_text,
    choices=words,
    refusal=refusal_words,
    change=change_sentence,
    form_notes=form_notes,
    proxy_notes=proxy_notes,
    rules=rule_sentences,
    condition=condition_text,
    members=members_words,
    votes=votes_words,
    clauses=CLAUSE_NAMES,
    disclosures=DISCLOSURES,
    kept_until=kept_until,
    translation=lambda paper: "",
    minutes=MinutesSay(
        attendance=attendance_lines,
        quorum=quorum_text,
        notes=rule_notes,
        full_line=full_line,
        condition=condition_text,
        reason=outcome_sentence,
        plain=in_plain_style,
    ),
)
