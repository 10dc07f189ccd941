"""What a filled-in form is taken to say: only what is offered, and nothing that was not said."""

import pytest
from werkzeug.datastructures import MultiDict

from voting.core.ballots import Mark
from voting.services.casting.ballot_form import BallotForm
from voting.services.casting.motion_lines import MotionLine
from voting.web.member.choices import Filled, read_ballot
from voting.web.member.typed import FormFault, read_request_key

PERSON = (("section", "企画課"), ("respondent", "花子"))


def motion(
    number: int, question: str = "marks", candidates: tuple[str, ...] = (), seats: int = 0
) -> MotionLine:
    return MotionLine(
        number=number,
        label=f"第{number}号議案",
        title="",
        question=question,
        candidates=candidates,
        seats=seats,
        is_on_persons=bool(candidates),
        condition="",
        requirement="",
        documents=(),
    )


def form_of(*motions: MotionLine, abstain: bool = False) -> BallotForm:
    return BallotForm(
        base="",
        docket_sha256="",
        origin="",
        path="",
        body="",
        title="",
        closing="",
        change="",
        may_change=True,
        offers_abstain=abstain,
        motions=motions,
        vkey="",
        contact="",
    )


def read(asked: BallotForm, *fields: tuple[str, str], fill: str = "") -> Filled:
    return read_ballot(MultiDict([*fields, *PERSON]), asked, fill=fill)


def reasons(filled: Filled) -> list[tuple[str, str]]:
    return [(each.field, each.reason) for each in filled.faults]


TWO = form_of(motion(1), motion(2))
CONFIDENCE = form_of(motion(3, "candidates", ("田辺市", "那須町"), seats=2))
NAMES = form_of(motion(4, "names", ("𠮷野町", "葛城市", "高山村"), seats=2))


def test_a_whole_ballot_is_read_as_it_was_ticked() -> None:
    filled = read(TWO, ("m1", "for"), ("m2", "against"))

    assert filled.choices == {1: Mark.FOR, 2: Mark.AGAINST}
    assert filled.faults == ()


@pytest.mark.parametrize(
    "fields",
    [
        (),
        (("m1", ""),),
        (("m1", "yes"),),
        (("m1", "FOR"),),
        (("m1", "for "),),
        (("m1", "blank"),),
        (("m1", "both"),),
        (("m1", "abstain"),),
        (("m1", "for"), ("m1", "for")),
        (("m1", "for"), ("m1", "against")),
        (("M1", "for"),),
    ],
    ids=str,
)
def test_what_is_not_offered_is_no_answer(fields: tuple[tuple[str, str], ...]) -> None:
    filled = read(form_of(motion(1)), *fields)

    assert filled.choices == {}
    assert filled.faults == (FormFault("m1", "m1-for", "mark", "第1号議案"),)


def test_abstaining_is_an_answer_where_the_rules_offer_it() -> None:
    assert read(form_of(motion(1), abstain=True), ("m1", "abstain")).choices == {1: Mark.ABSTAIN}


def test_one_answer_for_all_fills_every_mark_and_no_name() -> None:
    asked = form_of(*TWO.motions, *CONFIDENCE.motions, *NAMES.motions)

    filled = read(asked, ("m1", "for"), ("m4", "2"), fill="against")

    assert filled.choices == {
        1: Mark.AGAINST,
        2: Mark.AGAINST,
        3: {"田辺市": Mark.AGAINST, "那須町": Mark.AGAINST},
        4: ("葛城市",),
    }
    assert (filled.section, filled.respondent) == ("企画課", "花子")


@pytest.mark.parametrize("fill", ["abstain", "blank", "x"])
def test_one_answer_for_all_must_itself_be_offered(fill: str) -> None:
    assert read(TWO, fill=fill).choices == {}


def test_every_candidate_needs_a_mark_of_its_own() -> None:
    filled = read(CONFIDENCE, ("m3c2", "for"), ("m3", "for"), ("m3c3", "for"))

    assert 3 not in filled.choices
    assert filled.faults == (FormFault("m3c1", "m3c1-for", "candidate", "第3号議案 田辺市"),)
    assert filled.marked == {("m3c2", "for")}


def test_names_are_kept_in_the_order_of_the_ballot() -> None:
    assert read(NAMES, ("m4", "3"), ("m4", "1")).choices == {4: ("𠮷野町", "高山村")}


def test_choosing_nobody_is_said_and_never_guessed() -> None:
    assert read(NAMES, ("m4", "0")).choices == {4: ()}
    assert reasons(read(NAMES)) == [("m4", "names")]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (("1", "2", "3"), "too-many"),
        (("0", "1"), "nobody-and-names"),
        (("1", "1"), "names"),
        (("4",), "names"),
        (("1", "x"), "names"),
        (("１",), "names"),
    ],
)
def test_names_that_are_no_choice_are_refused(values: tuple[str, ...], reason: str) -> None:
    filled = read(NAMES, *(("m4", value) for value in values))

    assert filled.choices == {}
    assert reasons(filled) == [("m4", reason)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" 　\t", "empty"),
        ("\u200b\u2060", "empty"),
        ("課" * 101, "long"),
        ("企画\n課", "unprintable"),
        ("企画\x00課", "unprintable"),
        ("企画\u202e課", "unprintable"),
        ("企画\x85課", "unprintable"),
    ],
    ids=["empty", "spaces", "unseen", "too long", "two lines", "NUL", "turned direction", "control"],
)
def test_who_answers_has_to_be_said_in_one_readable_line(text: str, reason: str) -> None:
    filled = read_ballot(
        MultiDict([("m1", "for"), ("section", text), ("respondent", "花子")]), form_of(motion(1))
    )

    assert reasons(filled) == [("section", reason)]


def test_names_are_taken_as_they_are_written() -> None:
    name = "𠮷田　髙\U000e0100子"

    filled = read_ballot(
        MultiDict([("m1", "for"), ("section", "A"), ("respondent", f" {name} ")]), form_of(motion(1))
    )

    assert filled.respondent == name


def test_an_opinion_may_have_lines_but_an_end() -> None:
    asked = form_of(motion(1))

    assert read(asked, ("m1", "for"), ("opinion", "一行目\r\n二行目")).opinion == "一行目\n二行目"
    assert reasons(read(asked, ("m1", "for"), ("opinion", "あ" * 2001))) == [("opinion", "long")]
    assert not read(asked, ("m1", "for"), ("opinion_public", "no")).opinion_public


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("00" * 16, bytes(16)),
        ("0" * 31, None),
        ("0" * 33, None),
        ("AB" * 16, None),
        ("٠" * 32, None),
        ("", None),
    ],
)
def test_a_request_key_is_sixteen_bytes_in_small_hex(text: str, key: bytes | None) -> None:
    assert read_request_key(MultiDict({"request_key": text})) == key
