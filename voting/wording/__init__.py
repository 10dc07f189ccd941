"""The Japanese of rules and numbers, made here and nowhere else: page, paper and mail say the same words.

Callers import from this module. The sentences stand beside the thing they speak of: numbers, requirements,
rules, what the rules did in a result, and the period.
"""

from voting.wording.addressing import addressee
from voting.wording.attendance import attendance_lines, quorum_text
from voting.wording.card_japanese import CLAUSE_NAMES
from voting.wording.certifying import certifying_sentence
from voting.wording.during import (
    Change,
    Told,
    change_facts,
    change_sentence_of,
    change_told,
    erratum_sentence,
    erratum_told,
    reissue_told,
    reminder_told,
)
from voting.wording.incidents import INCIDENTS, incident_sentence
from voting.wording.keeping import ERASED_BUNDLE, KEPT_NAMES, erased_sentence, kept_until
from voting.wording.numbers import (
    ON_MOTIONS,
    ON_PERSONS,
    OUTCOMES,
    AnyResult,
    ChoiceWords,
    channel_word,
    choice_words,
    count_line,
    full_line,
    headline,
    is_weighted,
    members_words,
    motion_label,
    number_text,
    outcome_word,
    percent,
    votes_words,
)
from voting.wording.outcomes import flag_notes, outcome_sentence, without_deemed
from voting.wording.own_vote import (
    counted_reason,
    counted_word,
    names_reason,
    names_word,
    number_of,
    question_label,
)
from voting.wording.periods import JAPAN, closing_text, instant_text, last_moment, period_text, time_text
from voting.wording.plain import in_plain_style
from voting.wording.receipts import BUNDLES, DISCLOSURES, REFUSALS, STAGES, receipt_number, refusal_words
from voting.wording.requirements import condition_text, requirement
from voting.wording.results import Question, motion_questions, outcomes, questions, rule_notes
from voting.wording.rule_card import RuleCard, rule_card
from voting.wording.rules import (
    change_sentence,
    clause_words,
    effect_of_silence,
    form_notes,
    labels_text,
    proxy_notes,
    quorum_sentence,
    quorum_words,
    rule_sentences,
    silence_sentences,
)
from voting.wording.statutes import consent_statute, minutes_statute
from voting.wording.style import in_style
from voting.wording.witnesses import CosignatureFacts, WitnessFacts, cosignature_lines, result_lines

__all__ = [
    "BUNDLES",
    "CLAUSE_NAMES",
    "DISCLOSURES",
    "ERASED_BUNDLE",
    "INCIDENTS",
    "JAPAN",
    "KEPT_NAMES",
    "ON_MOTIONS",
    "ON_PERSONS",
    "OUTCOMES",
    "REFUSALS",
    "STAGES",
    "AnyResult",
    "Change",
    "ChoiceWords",
    "CosignatureFacts",
    "Question",
    "RuleCard",
    "Told",
    "WitnessFacts",
    "addressee",
    "attendance_lines",
    "certifying_sentence",
    "change_facts",
    "change_sentence",
    "change_sentence_of",
    "change_told",
    "channel_word",
    "choice_words",
    "clause_words",
    "closing_text",
    "condition_text",
    "consent_statute",
    "cosignature_lines",
    "count_line",
    "counted_reason",
    "counted_word",
    "effect_of_silence",
    "erased_sentence",
    "erratum_sentence",
    "erratum_told",
    "flag_notes",
    "form_notes",
    "full_line",
    "headline",
    "in_plain_style",
    "in_style",
    "incident_sentence",
    "instant_text",
    "is_weighted",
    "kept_until",
    "labels_text",
    "last_moment",
    "members_words",
    "minutes_statute",
    "motion_label",
    "motion_questions",
    "names_reason",
    "names_word",
    "number_of",
    "number_text",
    "outcome_sentence",
    "outcome_word",
    "outcomes",
    "percent",
    "period_text",
    "proxy_notes",
    "question_label",
    "questions",
    "quorum_sentence",
    "quorum_text",
    "quorum_words",
    "receipt_number",
    "refusal_words",
    "reissue_told",
    "reminder_told",
    "requirement",
    "result_lines",
    "rule_card",
    "rule_notes",
    "rule_sentences",
    "silence_sentences",
    "time_text",
    "votes_words",
    "without_deemed",
]
