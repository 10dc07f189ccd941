"""ASSEMBLY.toml: count-interface.md.  All faults at once, each with its key."""

import json
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

import voting.sample
from voting.core.ballots import Mark
from voting.core.japanese_dates import JST
from voting.core.members import roll_at
from voting.core.motions import Method, MotionKind
from voting.core.result import MotionResult, Outcome
from voting.core.rules import (
    COUNCIL,
    MAJORITY,
    NAMED_REQUIREMENTS,
    Base,
    BodyKind,
    Counted,
    NonSubmission,
    Objections,
    Quorum,
    Relation,
    Threshold,
    Unit,
)
from voting.core.tally import count
from voting.core.votes import ONE_VOTE
from voting.sheets.assembly_toml import AssemblyFaults, read_assembly
from voting.sheets.assembly_wording import FAULT_SENTENCES, fault_text
from voting.sheets.ballot_sheet import read_ballots
from voting.sheets.roll_sheet import read_roll

SAMPLE = Path(voting.sample.__file__).parent

HEAD = """
[body]
name = "協議会"
kind = "voluntary"
[assembly]
title = "臨時総会"
record_date = 2024-09-27
opens_at = 2024-09-27T00:00:00+09:00
closes_at = 2024-10-05T00:00:00+09:00
"""
MOTION = """
[[motion]]
number = 1
title = "一"
"""
EXAMPLE = """
[body]
name = "全国二地域居住等促進協議会"
kind = "voluntary"

[assembly]
title = "令和6年度臨時総会"
record_date = 2024-09-27
opens_at = 2024-09-27T00:00:00+09:00
closes_at = 2024-10-05T00:00:00+09:00
chair = "長野県知事"

[rules]
preset = "council"
non_submission = "for"
blank = "for"
quorum = { fraction = "1/2", relation = "at_least", by = "votes", deemed = false }
requires = [ { count = "for", relation = "more_than", fraction = "1/2", of = "present" } ]
clauses = { deemed = "規約第12条第3項" }

[[motion]]
number = 1
title = "当協議会の発展的改組によるプラットフォーム化について"

[[motion]]
number = 2
title = "第1号議案に係る規約の改正について"
depends_on = [1]
requires = "two_thirds"
non_submission = "not_counted"
barred = ["M0007"]
chair_decision = "for"
tie_decision = "for"
objections = { fraction = "1/10" }

[[motion]]
number = 3
title = "共同代表の選出について"
kind = "election"
method = "confidence"
seats = 2
candidates = ["長野県", "那須町"]
chair_decision = { "長野県" = "against" }
tie_decision = { "那須町" = "for" }
"""


def faults(source: str) -> list[tuple[str, str]]:
    with pytest.raises(AssemblyFaults) as refused:
        read_assembly(source)
    assert all(fault_text(fault) for fault in refused.value.faults)
    return [(fault.place, fault.code) for fault in refused.value.faults]


def test_the_example_of_the_interface_is_read() -> None:
    read = read_assembly(EXAMPLE)

    docket = read.docket
    assert docket.body.kind is BodyKind.VOLUNTARY
    assert docket.assembly.chair == "長野県知事"
    assert docket.assembly.schedule.record_date == date(2024, 9, 27)
    assert docket.assembly.schedule.closes_at == datetime(2024, 10, 5, tzinfo=JST)
    assert docket.rules.preset == "council"
    assert docket.rules.quorum == Quorum(Fraction(1, 2), Relation.AT_LEAST, Unit.VOTES)
    assert docket.rules.requires == MAJORITY
    assert docket.rules.clauses == {"deemed": "規約第12条第3項"}
    assert docket.rules.abstain is False
    first, second, third = docket.motions
    assert first.requires is None and first.non_submission is None
    assert second.depends_on == (1,)
    assert second.requires == NAMED_REQUIREMENTS["two_thirds"]
    assert second.non_submission is NonSubmission.NOT_COUNTED
    assert second.barred == ("M0007",)
    assert second.objections == Objections(fraction=Fraction(1, 10))
    assert (third.kind, third.method, third.seats) == (MotionKind.ELECTION, Method.CONFIDENCE, 2)
    assert third.candidates == ("長野県", "那須町")
    assert read.facts_chair == {2: Mark.FOR, 3: {"長野県": Mark.AGAINST}}
    assert read.facts_ties == {2: Mark.FOR, (3, "那須町"): Mark.FOR}


def test_the_sample_counts_to_the_published_totals() -> None:
    docket = read_assembly((SAMPLE / "assembly.toml").read_text("utf-8")).docket
    roll = read_roll((SAMPLE / "roll.xlsx").read_bytes(), "roll.xlsx")
    ballots = read_ballots((SAMPLE / "ballots.csv").read_bytes(), "ballots.csv", docket)
    expected = json.loads((SAMPLE / "expected.json").read_text("utf-8"))

    result = count(docket, roll_at(roll.members, docket.assembly.schedule.record_date), ballots.submissions)

    assert roll.is_sound and ballots.is_sound
    assert (result.roll_members, result.returned_members) == (expected["eligible"], expected["submitted"])
    for motion, wanted in zip(result.motions, expected["motions"], strict=True):
        assert isinstance(motion, MotionResult)
        votes = motion.count.votes
        assert votes.in_favour.expressed == wanted["for_expressed"] * ONE_VOTE
        assert votes.in_favour.deemed == wanted["for_deemed"] * ONE_VOTE
        assert votes.against.total == wanted["against"] * ONE_VOTE
        assert motion.outcome is Outcome.CARRIED


def test_the_preset_is_a_start_that_single_settings_override() -> None:
    rules = '[rules]\npreset = "council"\nblank = "invalid"\nclauses = { deemed = "規約第12条" }\n'

    read = read_assembly(HEAD + rules + MOTION).docket.rules

    assert read.non_submission is COUNCIL.non_submission
    assert read.blank.value == "invalid"


def test_without_rules_the_cautious_ones_hold() -> None:
    rules = read_assembly(HEAD + MOTION).docket.rules

    assert rules.non_submission is NonSubmission.NOT_COUNTED
    assert (rules.quorum, rules.objections, rules.preset) == (None, None, None)


def test_a_quorum_and_a_brake_may_be_none_in_words() -> None:
    rules = read_assembly(HEAD + '[rules]\nquorum = "none"\nobjections = "none"\n' + MOTION).docket.rules

    assert (rules.quorum, rules.objections) == (None, None)


def test_a_requirement_may_have_several_tests() -> None:
    requires = """
requires = [
  { count = "returned", relation = "at_least", fraction = "3/4", of = "roll", by = "members" },
  { count = "for", relation = "at_least", fraction = "2/3", of = "yes_no", category = "正会員" },
]
"""

    motion = read_assembly(HEAD + MOTION + requires).docket.motions[0]

    assert motion.requires == (
        Threshold(Counted.RETURNED, Relation.AT_LEAST, Fraction(3, 4), Base.ROLL, Unit.MEMBERS),
        Threshold(Counted.FOR, Relation.AT_LEAST, Fraction(2, 3), Base.YES_NO, category="正会員"),
    )


@pytest.mark.parametrize(
    ("source", "place", "code"),
    [
        (HEAD + MOTION + "bared = []\n", "motion.1.bared", "toml-unknown-key"),
        (HEAD + MOTION + "[extra]\n", "extra", "toml-unknown-key"),
        (HEAD + "place = 1\n" + MOTION, "assembly.place", "toml-unknown-key"),
        (
            HEAD + '[rules]\nclauses = { deeemed = "x" }\n' + MOTION,
            "rules.clauses.deeemed",
            "toml-unknown-key",
        ),
        (HEAD + '[rules]\nlate = "never"\n' + MOTION, "rules.late", "toml-no-word"),
        (HEAD + 'chair = "\\u0000"\n' + MOTION, "assembly.chair", "toml-control"),
        (HEAD + 'chair = "a\\u001b"\n' + MOTION, "assembly.chair", "toml-control"),
        (HEAD + '[rules]\npreset = "club"\n' + MOTION, "rules.preset", "toml-no-word"),
        (HEAD + '[rules]\nabstain = "yes"\n' + MOTION, "rules.abstain", "toml-no-flag"),
        (HEAD + '[rules]\nquorum = "1/2"\n' + MOTION, "rules.quorum", "toml-no-table"),
        (HEAD + "[rules]\nquorum = {}\n" + MOTION, "rules.quorum.fraction", "toml-missing"),
        (
            HEAD + '[rules]\nquorum = { fraction = "0/2" }\n' + MOTION,
            "rules.quorum.fraction",
            "toml-no-fraction",
        ),
        (HEAD + "[rules]\nquorum = { fraction = 0.5 }\n" + MOTION, "rules.quorum.fraction", "toml-no-text"),
        (HEAD + "[rules]\nrequires = []\n" + MOTION, "rules.requires", "no-requirement"),
        (HEAD + "[rules]\nrequires = 1\n" + MOTION, "rules.requires", "toml-no-list"),
        (HEAD + MOTION + 'requires = "most"\n', "motion.1.requires", "toml-no-word"),
        (HEAD + MOTION + "depends_on = 1\n", "motion.1.depends_on", "toml-no-list"),
        (HEAD + MOTION + 'depends_on = ["1"]\n', "motion.1.depends_on", "toml-no-number"),
        (HEAD + MOTION + "depends_on = [true]\n", "motion.1.depends_on", "toml-no-number"),
        (HEAD + MOTION + "barred = [7]\n", "motion.1.barred", "toml-no-text"),
        (HEAD, "motion", "no-motion"),
        (HEAD + "[motion]\nnumber = 1\n", "motion", "toml-no-list"),
        (HEAD.replace('"協議会"', '""') + MOTION, "body.name", "text-missing"),
        (HEAD.replace("voluntary", "club") + MOTION, "body.kind", "toml-no-word"),
        (HEAD.replace("= 2024-09-27\n", '= "2024-09-27"\n') + MOTION, "assembly.record_date", "toml-no-day"),
        (
            HEAD.replace("= 2024-09-27\n", "= 2024-09-27T00:00:00Z\n") + MOTION,
            "assembly.record_date",
            "toml-no-day",
        ),
        (HEAD.replace("T00:00:00+09:00\nc", "\nc") + MOTION, "assembly.opens_at", "toml-no-instant"),
        (HEAD.replace("+09:00\nc", "\nc") + MOTION, "assembly.opens_at", "toml-no-zone"),
        (HEAD.replace("2024-10-05", "2024-09-01") + MOTION, "assembly.closes_at", "closes-before-opening"),
        (
            HEAD + '[rules]\nnon_submission = "for"\n' + MOTION,
            "rules.non_submission",
            "deemed-without-clause",
        ),
        (HEAD + MOTION + "depends_on = [9]\n", "motion.1.depends_on", "unknown-condition"),
        (HEAD + MOTION + "seats = 1\n", "motion.1.seats", "election-field-unexpected"),
        (HEAD + MOTION + 'chair_decision = "both"\n', "motion.1.chair_decision", "fact-unusable"),
        (HEAD + MOTION + 'tie_decision = "abstain"\n', "motion.1.tie_decision", "fact-unusable"),
        (HEAD + MOTION + 'tie_decision = { a = "for" }\n', "motion.1.tie_decision.a", "fact-unusable"),
        (HEAD + MOTION + "objections = {}\n", "motion.1.objections", "brake-unclear"),
        (HEAD + "[[motion]]\nnumber = 0\ntitle = 'a'\n", "motion.0.number", "number-out-of-range"),
        (HEAD + MOTION + MOTION, "motion", "repeated"),
    ],
)
def test_each_fault_is_told_with_its_key(source: str, place: str, code: str) -> None:
    assert faults(source) == [(place, code)]


def test_an_empty_file_lacks_everything_that_must_be_there() -> None:
    assert faults("") == [
        ("body.name", "toml-missing"),
        ("body.kind", "toml-missing"),
        ("assembly.title", "toml-missing"),
        ("assembly.record_date", "toml-missing"),
        ("assembly.opens_at", "toml-missing"),
        ("assembly.closes_at", "toml-missing"),
        ("motion", "no-motion"),
    ]


def test_faults_of_form_and_of_meaning_come_out_together_and_once() -> None:
    source = HEAD.replace('name = "協議会"', "nam = 1") + (
        '[rules]\nnon_submission = "for"\nblank = "yes"\n[[motion]]\ntitle = "x"\nseats = 2\n'
    )

    assert faults(source) == [
        ("body.name", "toml-missing"),
        ("body.nam", "toml-unknown-key"),
        ("rules.blank", "toml-no-word"),
        ("motion.#1.number", "toml-missing"),
        ("rules.non_submission", "deemed-without-clause"),
        ("motion.#1.seats", "election-field-unexpected"),
    ]


def test_a_file_that_is_no_toml_is_told_where_it_breaks() -> None:
    with pytest.raises(AssemblyFaults) as refused:
        read_assembly("[body\nname = 1")

    [fault] = refused.value.faults
    assert fault.code == "toml-syntax"
    assert "line 1" in fault_text(fault)


def test_a_misspelt_key_is_told_the_one_that_may_be_meant() -> None:
    with pytest.raises(AssemblyFaults) as refused:
        read_assembly(HEAD + MOTION + "bared = []\n")

    assert "barred ではありませんか" in fault_text(refused.value.faults[0])


def test_a_statute_that_asks_for_consent_is_named() -> None:
    source = HEAD.replace("voluntary", "npo") + (
        '[rules]\nnon_submission = "for"\nclauses = { deemed = "定款第9条" }\n' + MOTION
    )

    with pytest.raises(AssemblyFaults) as refused:
        read_assembly(source)

    assert "特定非営利活動促進法第14条の9" in fault_text(refused.value.faults[0])


def test_every_fault_of_the_core_has_its_sentence() -> None:
    from voting.core import faults as core

    codes = {
        each.code
        for each in vars(core).values()
        if isinstance(each, type) and issubclass(each, core.Fault) and each is not core.Fault
    }

    assert codes - set(FAULT_SENTENCES) == set()
