"""Settings and their defaults (rules R1), the preset (R9), and fractions as text."""

from fractions import Fraction

import pytest

from voting.core.rules import (
    COUNCIL,
    MAJORITY,
    PRESETS,
    Blank,
    BothMarked,
    Duplicates,
    NoFraction,
    NonSubmission,
    OutOfBase,
    Rules,
    Tie,
    fraction_text,
    parse_fraction,
)


def test_the_defaults_count_nothing_that_nobody_wrote() -> None:
    rules = Rules()

    assert (rules.non_submission, rules.blank) == (NonSubmission.NOT_COUNTED, Blank.INVALID)
    assert (rules.both_marked, rules.duplicates) == (BothMarked.INVALID, Duplicates.LAST_RECEIVED)
    assert (rules.late, rules.undelivered) == (OutOfBase.EXCLUDED, OutOfBase.EXCLUDED)
    assert (rules.blank_overrides, rules.quorum, rules.objections) == (False, None, None)
    assert (rules.requires, rules.tie, rules.abstain) == (MAJORITY, Tie.REJECTED, True)


def test_the_preset_of_the_council_differs_in_silence_blanks_and_abstention_alone() -> None:
    assert PRESETS == {"council": COUNCIL}
    assert (
        Rules(non_submission=NonSubmission.FOR, blank=Blank.FOR, abstain=False, preset="council") == COUNCIL
    )


@pytest.mark.parametrize(
    ("text", "fraction"), [("1/2", Fraction(1, 2)), ("50/75", Fraction(2, 3)), ("1/1", Fraction(1))]
)
def test_a_fraction_is_written_p_over_q(text: str, fraction: Fraction) -> None:
    assert parse_fraction(text) == fraction


@pytest.mark.parametrize(
    "text", ["0/1", "3/2", "1/0", "-1/2", "0.5", "1", "1 / 2", "01/2", "１/２", "", "1/2\n"]
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NoFraction):
        parse_fraction(text)


def test_a_fraction_is_printed_in_lowest_terms() -> None:
    assert [fraction_text(parse_fraction(text)) for text in ("2/4", "1/1", "3/10")] == ["1/2", "1/1", "3/10"]
