"""A proxy to the chair: taken where a clause allows it, counted by what the chair decided, and checked."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.documents.reading import squeezed, text_of
from tests.services.letterheads import LETTERHEAD, TO_CHAIR
from tests.services.test_facts import decided, record, require_verified
from tests.verify.forge import Forge, Json, caught, check, failed
from tests.world import ALL_FOR, COUNCIL, World
from voting.core.ballots import Mark
from voting.core.motions import Method, Motion, MotionKind
from voting.core.permissions import Role
from voting.core.result import Numbers
from voting.core.rules import NonSubmission
from voting.ledger.canonical import encode
from voting.services.casting import own_vote, pages
from voting.services.desk import paper_pages
from voting.services.desk.papers import Sheet
from voting.services.outcome import closing
from voting.services.outcome.after_closing import after_closing
from voting.services.outcome.result_files import download
from voting.services.period import proxies
from voting.services.period.facts import DecidedTooLate, DecisionMissing
from voting.services.period.facts_page import FactsPage, facts_page
from voting.services.period.participation import participation
from voting.services.period.proxies import ProxyNotAllowed
from voting.services.printing import letterheads, minutes
from voting.services.printing.letterheads import ProxiesFixed
from voting.services.proof.export import export
from voting.store import ballots
from voting.verify.evidence import Held

AGAINST = {1: Mark.AGAINST, 2: Mark.AGAINST}
UNDECIDED = ("第1号議案 事業計画について", "第2号議案 予算について")
CHAIRS = "chair_decision"


def begin(world: World, **given: object) -> World:
    world.assembly(**{"letterhead": TO_CHAIR, **given})  # type: ignore[arg-type]
    world.at("2026-06-02 10:00")
    return world


def by_proxy(world: World, member: str, *, serial: str = "F-1", defect: str | None = None) -> None:
    world.paper(member, serial=serial, arrived="2026-06-02 09:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter(serial, Sheet(member, {}, proxy=True, defect=defect), by=role)


def played(world: World, **given: object) -> World:
    """Two proxies, one vote, two silent; the chair decides against the first motion and not on the second."""
    begin(world, **given)
    world.cast("M0003", ALL_FOR)
    by_proxy(world, "M0001")
    record(world, decided(CHAIRS, 1, "against"))
    # Whoever sends something after the decision holds a receipt that covers it.
    by_proxy(world, "M0002", serial="F-2")
    world.at("2026-06-11 00:00")
    world.certify()
    return world


def shown(world: World) -> FactsPage:
    return facts_page(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)


def numbers(world: World) -> tuple[Numbers, ...]:
    found = closing.draft_count(world.rt, world.origin).result.motions
    return tuple(each.count.members for each in found)  # type: ignore[union-attr]


def saved(world: World, name: str) -> bytes:
    content = download(world.rt, world.origin, name)
    assert content is not None
    return content


# --- taken at the door and read by two ------------------------------------------------------------------


def test_a_form_to_the_chair_is_a_ballot_without_choices_of_its_own(world: World) -> None:
    begin(world)
    by_proxy(world, "M0001")

    with world.rt.database.reading() as tx:
        (sent,) = ballots.with_proxy(tx, world.case.id)
    assert (sent.level, sent.channel, sent.ballot()["proxy"], sent.ballot()["choices"]) == (
        "KP",
        "fax",
        True,
        {},
    )
    assert world.receipts[-1].words == {}
    page = pages.member_page(world.rt, world.key("M0001"))
    assert page.standing is not None
    assert [word for _, word in page.standing.words] == ["議長に委任", "議長に委任"]


def test_marks_beside_a_proxy_are_ignored_and_two_persons_need_not_agree_on_them(world: World) -> None:
    begin(world)
    world.paper("M0001", serial="F-1", arrived="2026-06-02 09:00")

    assert world.enter("F-1", Sheet("M0001", AGAINST, proxy=True), by=Role.ENTRY) is None
    assert world.enter("F-1", Sheet("M0001", {}, proxy=True), by=Role.CHECKER) is not None


@pytest.mark.parametrize("letterhead", ["", TO_CHAIR + 'to = ["member"]\n', '[proxy]\nto = ["chair"]\n'])
def test_where_no_clause_allows_a_proxy_to_the_chair_it_is_taken_with_its_defect_alone(
    world: World, letterhead: str, tmp_path: Path
) -> None:
    begin(world, letterhead=letterhead)
    world.paper("M0001", serial="F-1", arrived="2026-06-02 09:00")
    with pytest.raises(ProxyNotAllowed):
        world.enter("F-1", Sheet("M0001", {}, proxy=True), by=Role.ENTRY)

    by_proxy(world, "M0002", serial="F-2", defect="委任を認める定めがない")
    assert (shown(world).decidable, shown(world).undecided) == ((), ())
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.ENTRY)
    world.enter("F-1", Sheet("M0001", ALL_FOR), by=Role.CHECKER)
    world.at("2026-06-11 00:00")
    world.certify()

    (first, _) = numbers(world)
    assert (first.invalid, first.abstain.proxy, first.in_favour.deemed) == (1, 0, 3)
    assert "委任" not in squeezed(text_of(saved(world, "result-summary.pdf"), tmp_path))
    require_verified(world)


def test_before_the_ballots_are_issued_the_office_may_still_write_the_clause_down(world: World) -> None:
    world.draft()
    for letterhead in (TO_CHAIR, LETTERHEAD, LETTERHEAD + TO_CHAIR):
        letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, letterhead)

    with world.rt.database.reading() as tx:
        assert proxies.clause(tx, world.case) == "規約第14条"


@pytest.mark.parametrize(
    ("before", "after"), [("", TO_CHAIR), (TO_CHAIR, ""), (TO_CHAIR, TO_CHAIR + 'to=["member"]')]
)
def test_attack_allowing_or_forbidding_proxies_once_papers_come_in(
    world: World, before: str, after: str
) -> None:
    begin(world, letterhead=before)
    administrator = world.officer(Role.ADMINISTRATOR)

    with pytest.raises(ProxiesFixed):
        letterheads.set_letterhead(world.rt, administrator, world.origin, LETTERHEAD + after)

    letterheads.set_letterhead(world.rt, administrator, world.origin, LETTERHEAD + before)


# --- the chair decides ----------------------------------------------------------------------------------


def test_until_the_close_pages_name_the_motions_that_wait_for_the_chair(world: World) -> None:
    begin(world)
    assert [each.number for each in shown(world).decidable] == [1, 2]
    assert shown(world).undecided == ()
    world.paper("M0001", serial="F-1", arrived="2026-06-02 09:00")

    world.enter("F-1", Sheet("M0001", {}, proxy=True), by=Role.ENTRY)
    assert shown(world).undecided == UNDECIDED
    world.enter("F-1", Sheet("M0001", {}, proxy=True), by=Role.CHECKER)
    record(world, decided(CHAIRS, 1, "for"))

    assert shown(world).undecided == UNDECIDED[1:]
    assert [each.number for each in shown(world).decidable] == [2]
    world.at("2026-06-11 00:00")
    closing.close_if_due(world.rt, world.origin)
    assert after_closing(world.rt, world.officer(Role.CHAIR), world.origin).undecided == UNDECIDED[1:]
    with pytest.raises(DecidedTooLate):
        record(world, decided(CHAIRS, 2, "for"))


def test_silence_given_to_the_chair_waits_for_it_without_any_paper(world: World) -> None:
    begin(world, letterhead="", rules=replace(COUNCIL, non_submission=NonSubmission.PROXY_TO_CHAIR))

    assert shown(world).undecided == UNDECIDED


def test_a_proxy_follows_the_chair_and_abstains_where_nothing_is_decided(world: World) -> None:
    played(world)

    first, second = numbers(world)

    assert (first.against.proxy, first.in_favour.expressed, first.in_favour.deemed) == (2, 1, 2)
    assert (second.abstain.proxy, second.against.proxy) == (2, 0)
    require_verified(world)


def test_a_later_vote_of_the_member_itself_takes_the_place_of_its_proxy(world: World) -> None:
    begin(world)
    by_proxy(world, "M0001")
    world.cast("M0001", AGAINST)
    world.at("2026-06-11 00:00")
    world.certify()

    (first, _) = numbers(world)
    assert (first.against.expressed, first.abstain.proxy) == (1, 0)
    require_verified(world)


NAMES = ("甲町", "乙町", "丙町")
ELECTIONS = tuple(
    Motion(number, "選出", kind=MotionKind.ELECTION, method=method, seats=1, candidates=NAMES)
    for number, method in ((1, Method.CONFIDENCE), (2, Method.PLURALITY))
)


@pytest.mark.parametrize(
    ("motion", "value"),
    [
        (1, {"甲町": "for"}),
        (1, {"甲町": "for", "乙町": "for", "丁町": "for"}),
        (1, dict.fromkeys(NAMES, "perhaps")),
        (2, {"甲町": "for", "乙町": "for"}),
        (2, {"甲町": "against"}),
        (2, {"丁町": "for"}),
        (2, "for"),
        (2, {}),
    ],
)
def test_what_an_election_does_not_offer_is_no_decision(world: World, motion: int, value: object) -> None:
    begin(world, motions=ELECTIONS)

    with pytest.raises(DecisionMissing):
        record(world, decided(CHAIRS, motion, value))


def test_in_elections_the_chair_decides_by_candidate(world: World) -> None:
    begin(world, motions=ELECTIONS)
    by_proxy(world, "M0001")
    record(world, decided(CHAIRS, 1, {"甲町": "for", "乙町": "against", "丙町": "abstain"}))
    record(world, decided(CHAIRS, 2, {"乙町": "for"}))
    assert [each.value for each in shown(world).recorded] == ["甲町：信任、乙町：不信任、丙町：棄権", "乙町"]
    world.at("2026-06-11 00:00")
    world.certify()

    result = json.loads(saved(world, "result.json"))
    confidence, plurality = result["motions"]
    proxied = {
        each["name"]: [each[side]["proxy"] for side in ("for", "against", "abstain")]
        for each in confidence["candidates"]
    }
    assert proxied == {"甲町": ["1", "0", "0"], "乙町": ["0", "1", "0"], "丙町": ["0", "0", "1"]}
    assert [each["votes"] for each in plurality["candidates"] if each["name"] == "乙町"] == ["1"]
    require_verified(world)


# --- published ------------------------------------------------------------------------------------------


def test_every_paper_and_table_says_which_votes_were_given_by_proxy(world: World, tmp_path: Path) -> None:
    played(world, disclosure="L0", letterhead=LETTERHEAD + TO_CHAIR)

    motion = json.loads(saved(world, "result.json"))["motions"][0]
    assert motion["against"] == {"blank": "0", "deemed": "0", "expressed": "0", "proxy": "2", "total": "2"}
    rows = csv.DictReader(io.StringIO(saved(world, "result.csv").decode("utf-8-sig"), newline=""))
    proxied = {
        (each["議案番号"], each["区分"]): each["票数"]
        for each in rows
        if each["内訳"] == "委任" and each["票数"] != "0"
    }
    assert proxied == {("1", "反対"): "2", ("2", "棄権"): "2"}
    book = openpyxl.load_workbook(io.BytesIO(saved(world, "result.xlsx")))
    columns, *rows = book["内訳"].iter_rows(min_row=3, values_only=True)
    against = dict(zip(columns, next(row for row in rows if row[3] == "反対"), strict=True))
    assert (against["提出"], against["委任"]) == (0, 2)
    report = squeezed(text_of(saved(world, "result.pdf"), tmp_path))
    assert "委任2会員(提出の内数)" in report
    assert "反対2票(うち委任2票)" in report
    assert report.count("(委)") >= 4
    record_ = minutes.minutes(world.rt, world.officer(Role.ENTRY), world.origin)
    assert "委任2会員" in squeezed(text_of(record_, tmp_path))
    english = " ".join(text_of(saved(world, "result-en.pdf"), tmp_path).split())
    assert "by proxy" in english


def test_a_member_that_named_the_chair_has_answered_and_is_told_how_it_was_counted(world: World) -> None:
    played(world)

    lines = participation(world.rt, world.officer(Role.ENTRY), world.origin).lines
    told = own_vote.own_vote(world.rt, world.key("M0001"))

    assert [each.member_id for each in lines if each.has_answered] == ["M0001", "M0002", "M0003"]
    assert [each.counted for each in told.lines] == ["反対(委任)", "棄権(委任)"]


def test_the_entry_page_names_what_allows_the_proxy(world: World) -> None:
    begin(world)
    world.paper("M0001", serial="F-1", arrived="2026-06-02 09:00")

    page = paper_pages.entry_page(world.rt, world.officer(Role.ENTRY), world.origin, "F-1")

    assert page.proxy_clause == "規約第14条"


# --- and checked by anybody -----------------------------------------------------------------------------

OPENINGS = "openings.jsonl"


def _of(forge: Forge, act: Callable[[Json], object]) -> None:
    """Change what the first proxy opens to, and commit to it anew: no member's key signs a paper."""
    (index, *_) = [each["index"] for each in forge.lines(OPENINGS) if "proxy" in each["ballot"]]
    forge.change(OPENINGS, lambda lines: [act(each["ballot"]) for each in lines if each["index"] == index])
    forge.recommit(index)


def flag_dropped(forge: Forge) -> None:
    _of(forge, lambda ballot: ballot.pop("proxy"))


def marks_put_in_its_place(forge: Forge) -> None:
    def mark(ballot: Json) -> None:
        ballot.pop("proxy")
        ballot["choices"] = {"1": "for", "2": "for"}

    _of(forge, mark)


def counted_as_expressed(forge: Forge) -> None:
    result = json.loads(forge.files["result.json"])
    against = result["motions"][0]["against"]
    against.update(expressed=against["proxy"], proxy="0")
    forge.publish(encode(result))


def _decision(forge: Forge) -> Json:
    return next(each for each in forge.of_kind("fact") if each["body"]["what"] == CHAIRS)


def decision_changed(forge: Forge) -> None:
    _decision(forge)["body"]["value"] = "for"


def decision_removed(forge: Forge) -> None:
    forge.remove(_decision(forge)["index"])


def decision_after_the_close(forge: Forge) -> None:
    body = dict(_decision(forge)["body"])
    forge.remove(_decision(forge)["index"])
    forge.insert(forge.of_kind("close")[0]["index"] + 1, "fact", body)


ATTACKS: Mapping[str, tuple[Callable[[Forge], None], set[int]]] = {
    "the flag of a proxy is dropped": (flag_dropped, {17, 23}),
    "marks are put in the place of a proxy": (marks_put_in_its_place, {23}),
    "a proxy is counted as expressed": (counted_as_expressed, {23}),
    "the chair's decision is changed": (decision_changed, {23}),
    # The second person of the decision did nothing else, and stands among the persons for nothing.
    "the chair's decision is taken away": (decision_removed, {19, 23}),
    "the chair decides after the close": (decision_after_the_close, {11}),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_on_a_proxy_is_caught_by_the_check_that_is_there_for_it(world: World, name: str) -> None:
    act, number = ATTACKS[name]
    played(world)
    signer = world.rt.keys.signer(world.origin)
    forge = Forge.of(export(world.rt, world.origin, audience="public"), signer)
    assert not caught(check(forge.zipped(), Held(signer.verifier)))

    act(forge)

    found = check(forge.zipped(), Held(signer.verifier))
    assert failed(found) == number
    assert not caught(found, disarmed=frozenset(number))


@pytest.mark.parametrize("name", ["marks are put in the place of a proxy", "the chair's decision is changed"])
def test_attack_with_everything_counted_anew_is_caught_by_what_members_hold(world: World, name: str) -> None:
    played(world)
    signer = world.rt.keys.signer(world.origin)
    forge = Forge.of(export(world.rt, world.origin, audience="public"), signer)
    ATTACKS[name][0](forge)
    forge.recount()
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    found = check(forge.zipped(), Held(signer.verifier, receipts=receipts))

    assert not caught(check(forge.zipped(), Held(signer.verifier)))
    assert 9 in failed(found)
