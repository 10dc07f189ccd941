"""Minutes are written in the plain style; the sentences are the same as everywhere else."""

import re
from fractions import Fraction

import pytest

from tests.documents.council import MOTIONS, SEED, counted, docket, result
from voting.core.motions import Motion
from voting.core.result import MotionResult, Outcome
from voting.core.rules import Quorum, Rules
from voting.wording import in_plain_style, outcome_sentence, quorum_text
from voting.wording.requirements import condition_text

POLITE = re.compile(r"(です|ます|ました|ません|でした)(。|\()")


@pytest.mark.parametrize("outcome", Outcome)
def test_every_reason_of_an_outcome_has_a_plain_style(outcome):
    one = MotionResult(1, "甲", counted(SEED, outcome=outcome), seats=2)
    said = outcome_sentence(docket(), Motion(1, "甲", seats=2), one)

    assert POLITE.search(said)
    assert not POLITE.search(in_plain_style(said))


@pytest.mark.parametrize("outcome", [Outcome.CARRIED, Outcome.CONDITION_FAILED, Outcome.REJECTED])
def test_every_sentence_on_a_condition_has_one(outcome):
    first = Outcome.CARRIED if outcome is Outcome.CARRIED else Outcome.REJECTED

    said = condition_text(docket(), MOTIONS[1], {1: first, 2: outcome})

    assert POLITE.search(said)
    assert not POLITE.search(in_plain_style(said))


@pytest.mark.parametrize("rules", [Rules(), Rules(quorum=Quorum(Fraction(1, 2)))])
def test_every_sentence_on_a_quorum_has_one(rules):
    assert not POLITE.search(in_plain_style(quorum_text(docket(rules=rules), result())))


def test_what_is_no_end_of_a_sentence_stays():
    assert in_plain_style("「ますます」と言いました。") == "「ますます」と言いました。"
    assert in_plain_style("可決されました(条件不成就)。") == "可決された(条件不成就)。"
