"""What the rules of an assembly do, told in words that no one types by hand."""

from dataclasses import replace
from fractions import Fraction

from tests.documents import council
from tests.documents.council import COUNCIL, docket
from voting import wording
from voting.core.motions import Motion
from voting.core.rules import (
    Blank,
    BothMarked,
    Duplicates,
    NonSubmission,
    Objections,
    OutOfBase,
    Quorum,
    Relation,
    Rules,
    Tie,
    Unit,
)

HALF = Fraction(1, 2)
FIRST = council.MOTIONS[0]


def test_silence_is_explained_with_its_clause_and_the_promise_to_tell_it_apart():
    assert wording.effect_of_silence(COUNCIL) == (
        "規約第12条第3項により、期限までに書面表決書の提出がない場合は、各議案に賛成の表決があったものとみなします。"
        "みなし賛成の数は、結果の報告において区分して表示します。"
    )


def test_where_silence_counts_for_nothing_the_sentence_says_so():
    assert wording.effect_of_silence(Rules()) == (
        "期限までに書面表決書の提出がない場合は、各議案の賛否のいずれにも算入しません。"
    )


def test_silence_chooses_nobody_in_an_election_by_plurality():
    assert wording.effect_of_silence(COUNCIL, council.ELECTION_BY_PLURALITY) == (
        "期限までに書面表決書の提出がない場合は、第5号議案の賛否のいずれにも算入しません。"
    )


def test_silence_on_persons_is_confidence():
    assert "第4号議案に信任の表決" in wording.effect_of_silence(COUNCIL, council.ELECTION_BY_CONFIDENCE)


def test_a_motion_with_a_rule_of_its_own_is_named_after_the_common_rule():
    special = Motion(2, "解散について", non_submission=NonSubmission.NOT_COUNTED)

    sentences = wording.rule_sentences(docket(FIRST, special))

    assert sentences[0] == wording.effect_of_silence(COUNCIL)
    assert sentences[1] == "期限までに書面表決書の提出がない場合は、第2号議案の賛否のいずれにも算入しません。"


CHANGES = [
    {"blank": Blank.INVALID},
    {"blank": Blank.AGAINST},
    {"both_marked": BothMarked.AS_BLANK},
    {"duplicates": Duplicates.WEB},
    {"duplicates": Duplicates.PAPER},
    {"duplicates": Duplicates.FIRST},
    {"blank_overrides": True},
    {"late": OutOfBase.NOT_SUBMITTED},
    {"undelivered": OutOfBase.NOT_SUBMITTED},
    {"tie": Tie.CHAIR},
    {"abstain": True},
    {"quorum": Quorum(HALF)},
    {"quorum": Quorum(HALF, deemed=True)},
    {"quorum": Quorum(HALF, Relation.MORE_THAN, Unit.MEMBERS)},
    {"objections": Objections(count=1)},
    {"objections": Objections(fraction=Fraction(1, 10))},
    {"non_submission": NonSubmission.AGAINST},
    {"non_submission": NonSubmission.ABSTAIN},
    {"non_submission": NonSubmission.PROXY_TO_CHAIR},
    {"non_submission": NonSubmission.NOT_COUNTED},
]


def test_no_two_rules_are_explained_in_the_same_words():
    explained = [wording.rule_sentences(docket(rules=replace(COUNCIL, **change))) for change in CHANGES]

    assert len({*explained, wording.rule_sentences(docket())}) == len(CHANGES) + 1


def test_the_receipt_says_whether_an_answer_may_be_changed():
    assert wording.change_sentence(docket()) == (
        "期限(令和6年10月4日(金)23時59分)までは何度でも変更できます。最後に受け付けた内容が有効となります。"
    )
    first = docket(rules=replace(COUNCIL, duplicates=Duplicates.FIRST))
    assert wording.change_sentence(first) == "最初に受け付けた内容が有効となり、変更はできません。"


def test_motions_in_a_row_are_named_as_a_clerk_would():
    everything = tuple(f"第{number}号議案" for number in range(1, 6))

    assert wording.labels_text(everything, everything) == "各議案"
    assert wording.labels_text(everything[1:4], everything) == "第2号議案から第4号議案まで"
    assert wording.labels_text(everything[:2], everything) == "第1号議案及び第2号議案"
    assert wording.labels_text((everything[0], everything[2], everything[4]), everything) == (
        "第1号議案、第3号議案及び第5号議案"
    )
    assert wording.labels_text(everything[2:3], everything) == "第3号議案"
