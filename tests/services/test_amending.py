"""What was frozen is changed by two persons, with a reason; everybody is told and everything follows."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import pytest

from tests.services.backups import back_up, restore
from tests.verify.forge import Forge, caught, check, failed
from tests.world import GIAN, World, jst
from voting.core.ballots import Mark
from voting.core.errors import Broken
from voting.core.motions import Motion
from voting.core.permissions import Act, NotAllowed, Role
from voting.core.result_json import result_json
from voting.core.tally import count
from voting.ledger.canonical import encode, instant_text
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Amend, Operator
from voting.ledger.wording import words
from voting.services import assemblies, schedule
from voting.services.casting import own_vote, pages
from voting.services.errors import NotAPdf, NotThatFar, PeriodOver, UnknownMotion
from voting.services.faults import UnsoundDocket
from voting.services.office import approvals, office_pages
from voting.services.office.approvals import ChangedSince, SamePerson
from voting.services.outcome import closing, result_page
from voting.services.period import turnout
from voting.services.period.amending import NoReasonGiven, NotLater
from voting.services.period.restating import NothingChanged, TitleMissing
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.store import assemblies as stored
from voting.store.tables import assembly as assembly_table
from voting.verify.evidence import Held

LATER = "2026-06-18 00:00"
PDF = b"%PDF-1.7 corrected"


def begin(world: World) -> World:
    world.assembly()
    world.mails.clear()
    world.at("2026-06-09 10:00")
    return world


@pytest.fixture
def council(world: World) -> World:
    return begin(world)


def propose(world: World, act: Act, terms: Mapping[str, object], role: Role = Role.ADMINISTRATOR) -> str:
    return approvals.request(world.rt, world.officer(role), world.origin, act, terms=terms).id


def two(world: World, act: Act, terms: Mapping[str, object]) -> None:
    approvals.approve(world.rt, world.officer(Role.CHECKER), propose(world, act, terms))


def longer(closes: str = LATER, reason: str = "郵便の遅れのため") -> dict[str, object]:
    return {"closes_at": instant_text(jst(closes)), "reason": reason}


def again(**other: object) -> dict[str, object]:
    return {"kind": "texts", "motion": 2, "title": "予算(修正)について", "reason": "金額の誤り", **other}


def keep(world: World, content: bytes = PDF) -> str:
    with world.rt.database.transaction() as tx:
        return stored.put_document(tx, content)


def erratum(world: World) -> dict[str, object]:
    return {"kind": "erratum", "name": "正誤表.pdf", "sha256": keep(world), "reason": "3ページの数字の誤り"}


def of_kind(world: World, kind: type) -> list:
    return [body for each in world.entries() if isinstance(body := decode_entry(each).body, kind)]


def held(world: World) -> Held:
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    return Held(world.rt.keys.signer(world.origin).verifier, receipts=receipts)


def require_verified(world: World) -> None:
    for audience in ("public", "auditor"):
        assert not caught(check(export(world.rt, world.origin, audience=audience), held(world)))


# --- the period is made longer -------------------------------------------------------------------------


def test_a_cast_after_an_extension_sees_the_new_deadline_in_the_same_process(council: World) -> None:
    assert council.case.docket.assembly.schedule.closes_at == jst("2026-06-11 00:00")

    two(council, Act.EXTEND, longer())
    council.at("2026-06-17 23:59")
    council.cast("M0001")
    council.at(LATER)
    late = council.cast("M0002")

    kinds = [decode_entry(each.entry).kind for each in council.receipts]
    assert kinds == ["ballot", "refused"]
    assert late.words == {"1": "賛成", "2": "賛成"}


def test_everything_that_speaks_of_the_deadline_follows(council: World) -> None:
    two(council, Act.EXTEND, longer())

    page = pages.member_page(council.rt, council.key("M0001"))
    public = result_page.result_page(council.rt, council.origin)
    council.at("2026-06-12 00:00")
    schedule.run_due(council.rt)

    assert page.closing == "令和8年6月17日(水)23時59分"
    assert page.changes == public.changes
    assert page.changes == (
        "令和8年6月9日(火)10時00分　締切の延長　締切　変更前 令和8年6月10日(水)23時59分　"
        "変更後 令和8年6月17日(水)23時59分　理由: 郵便の遅れのため",
    )
    assert council.case.closed_index is None
    council.at(LATER)
    assert schedule.run_due(council.rt).closed == (council.origin,)


def test_everybody_is_told_by_mail_with_the_reason(council: World) -> None:
    council.cast("M0001")
    two(council, Act.EXTEND, longer())
    council.mails.clear()
    council.send()

    told = [each for each in council.mails if "延長" in each["Subject"]]
    assert sorted(each["To"] for each in told) == [f"m{n}@example.jp" for n in range(1, 6)]
    assert "理由: 郵便の遅れのため" in told[0].get_content()
    assert "既に提出された回答は、そのまま有効です。" in told[0].get_content()


def test_the_ledger_has_both_persons_and_the_bundle_is_verified(council: World) -> None:
    council.cast("M0001")
    two(council, Act.EXTEND, longer())
    council.cast("M0002", {1: Mark.AGAINST, 2: Mark.FOR})
    council.at(LATER)
    council.certify()

    (amend,) = of_kind(council, Amend)
    assert (amend.what, len(set(amend.approvals))) == ("period", 2)
    require_verified(council)
    counted = closing.draft_count(council.rt, council.origin)
    assert b'"amendments":[4]' in counted.content


def test_a_bundle_whose_longer_period_was_never_amended_is_refuted(council: World) -> None:
    two(council, Act.EXTEND, longer())
    council.at("2026-06-15 00:00")
    council.cast("M0001")
    council.at(LATER)
    council.certify()
    forge = Forge.of(
        export(council.rt, council.origin, audience="public"), council.rt.keys.signer(council.origin)
    )
    (place,) = [each["index"] for each in forge.entries if each["kind"] == "amend"]
    forge.remove(place)
    for path in [each for each in forge.files if each.startswith("dockets/")]:
        del forge.files[path]

    assert 20 in failed(check(forge.zipped(), held(council)))


def test_a_second_extension_goes_on_from_the_first(council: World) -> None:
    two(council, Act.EXTEND, longer())
    two(council, Act.EXTEND, longer("2026-06-20 00:00", "再延長"))
    council.at("2026-06-20 00:00")
    council.certify()

    assert len(result_page.result_page(council.rt, council.origin).changes) == 2
    require_verified(council)


def test_one_person_alone_extends_nothing(council: World) -> None:
    asked = propose(council, Act.EXTEND, longer())

    with pytest.raises(SamePerson):
        approvals.approve(council.rt, council.officer(Role.ADMINISTRATOR), asked)
    with pytest.raises(NotAllowed):
        propose(council, Act.EXTEND, longer(), Role.CHAIR)
    assert council.case.docket.assembly.schedule.closes_at == jst("2026-06-11 00:00")


def test_what_is_no_extension_is_refused_in_words(council: World) -> None:
    with pytest.raises(NotLater):
        propose(council, Act.EXTEND, longer("2026-06-11 00:00"))
    with pytest.raises(NotLater):
        propose(council, Act.EXTEND, longer("2026-06-10 00:00"))
    with pytest.raises(NoReasonGiven):
        propose(council, Act.EXTEND, longer(reason=" "))


def test_from_the_close_on_nothing_is_extended_though_it_was_proposed_before(council: World) -> None:
    asked = propose(council, Act.EXTEND, longer())
    council.at("2026-06-11 00:00")

    with pytest.raises(PeriodOver):
        approvals.approve(council.rt, council.officer(Role.CHECKER), asked)
    closing.close_if_due(council.rt, council.origin)
    with pytest.raises(PeriodOver):
        propose(council, Act.EXTEND, longer())


def test_before_the_notice_there_is_nothing_to_amend(world: World) -> None:
    world.draft()

    with pytest.raises(NotThatFar):
        propose(world, Act.EXTEND, longer())


def test_an_approval_of_what_was_amended_since_is_refused(council: World) -> None:
    asked = propose(council, Act.EXTEND, longer("2026-06-20 00:00"))
    two(council, Act.EXTEND, longer())

    with pytest.raises(ChangedSince):
        approvals.approve(council.rt, council.officer(Role.CHECKER), asked)


def test_a_deadline_changed_by_hand_in_the_database_stops_the_count(council: World) -> None:
    two(council, Act.EXTEND, longer())
    agreement.check(council.rt, council.origin)
    docket = council.case.sealed_docket.replace("2026-06-17T15:00", "2026-06-16T15:00")
    with council.rt.database.transaction() as tx:
        tx.run(assembly_table.update().values(sealed_docket=docket, docket=docket))

    with pytest.raises(Broken, match="amended last"):
        agreement.check(council.rt, council.origin)


# --- a motion is put again -----------------------------------------------------------------------------


def test_answers_on_the_old_text_are_void_and_never_deemed(council: World) -> None:
    council.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    council.cast("M0002")
    two(council, Act.AMEND, again())
    council.cast("M0002", {1: Mark.FOR, 2: Mark.AGAINST})
    council.at("2026-06-11 00:00")
    council.certify()

    (first, second) = closing.draft_count(council.rt, council.origin).result.motions

    assert first.title == "事業計画について"
    assert second.title == "予算(修正)について"
    for each in (first, second):
        numbers = each.count.members
        assert (numbers.in_favour.deemed, numbers.not_counted, numbers.total) == (3, 1, 5)
    assert (first.count.members.against.expressed, second.count.members.against.expressed) == (0, 1)
    require_verified(council)
    findings = check(export(council.rt, council.origin, audience="public"), held(council))
    assert [findings[24].facts[each] for each in ("sent", "counted", "void")] == [3, 1, 2]


def test_a_void_answer_that_is_counted_all_the_same_is_refuted(council: World) -> None:
    council.cast("M0001", {1: Mark.AGAINST, 2: Mark.AGAINST})
    two(council, Act.AMEND, again())
    council.at("2026-06-11 00:00")
    council.certify()
    forge = Forge.of(
        export(council.rt, council.origin, audience="auditor"), council.rt.keys.signer(council.origin)
    )
    whole = closing.draft_count(council.rt, council.origin)
    case = replace(whole.case, texts_index=None)
    forge.publish(encode(_as_if_counted(case, whole)))

    assert {21, 23} <= failed(check(forge.zipped(), held(council)))


def _as_if_counted(case: stored.Case, whole: closing.Counted) -> dict[str, object]:
    sent = closing.submissions_for_count(case, whole.submissions)
    result = count(case.docket, whole.roll, sent, whole.facts)
    extra = closing._from_ledger(case, whole.submissions, whole.facts, (), (6,))
    return result_json(case.docket, result, extra)


def test_a_member_whose_answer_is_void_is_told_so_and_can_answer_again(council: World) -> None:
    council.cast("M0001")
    two(council, Act.AMEND, again())
    council.mails.clear()
    council.send()

    page = pages.member_page(council.rt, council.key("M0001"))

    assert (page.is_void, page.standing, page.motions[1].title) == (True, None, "予算(修正)について")
    (mail,) = [
        each for each in council.mails if each["To"] == "m1@example.jp" and "再回答" in each["Subject"]
    ]
    assert "すべての議案について無効となりました" in mail.get_content()
    assert "「予算について」" in mail.get_content()
    overview = turnout.overview(council.rt, council.officer(Role.CHAIR), council.origin)
    board = office_pages.dashboard(council.rt, council.officer(Role.CHAIR), council.origin)
    assert (overview.whole.answered, board.answered) == (0, 0)
    council.cast("M0001")
    assert pages.member_page(council.rt, council.key("M0001")).standing is not None


def test_after_the_result_a_member_reads_that_its_answer_was_void(council: World) -> None:
    council.cast("M0001")
    two(council, Act.AMEND, again())
    council.at("2026-06-11 00:00")
    closing.close_if_due(council.rt, council.origin)
    closed = pages.member_page(council.rt, council.key("M0001"))
    council.certify()

    own = own_vote.own_vote(council.rt, council.key("M0001"))

    assert closed.without_answer[1].endswith("賛成とはみなしません。")
    assert (own.is_silent, own.is_deemed) == (False, False)
    assert [each.counted for each in own.lines] == ["未算入", "未算入"]
    assert "変更される前" in own.lines[0].reason
    assert list(own.treatments.values()) == ["回答の後に議案の内容が変更されたため、無効としました。"]


def test_a_motion_is_put_again_with_other_papers_and_the_old_ones_stay_readable(council: World) -> None:
    old = council.case.docket.motions[0].documents[0].sha256
    new = keep(council)
    terms = again(motion=1, title="事業計画について", documents=[{"name": "修正.pdf", "sha256": new}])
    assert assemblies.document(council.rt, new) is None

    two(council, Act.AMEND, terms)

    assert assemblies.document(council.rt, new) == PDF
    assert assemblies.document(council.rt, old) == GIAN
    council.at("2026-06-11 00:00")
    council.certify()
    require_verified(council)


def test_attack_a_motion_is_put_again_with_a_title_that_no_paper_can_print(council: World) -> None:
    with pytest.raises(UnsoundDocket):
        propose(council, Act.AMEND, {"kind": "texts", "motion": 2, "title": "予算\u200b案", "reason": "誤り"})


def test_a_motion_is_withdrawn_unless_another_depends_on_it(council: World) -> None:
    with pytest.raises(UnsoundDocket):
        propose(council, Act.AMEND, {"kind": "texts", "motion": 1, "withdrawn": True, "reason": "再検討"})
    council.cast("M0001")
    two(council, Act.AMEND, {"kind": "texts", "motion": 2, "withdrawn": True, "reason": "再検討"})
    council.cast("M0001", {1: Mark.FOR})
    council.at("2026-06-11 00:00")
    council.certify()

    assert [each.number for each in council.case.docket.motions] == [1]
    assert "取下げ" in result_page.result_page(council.rt, council.origin).changes[0]
    require_verified(council)


def test_an_old_receipt_stays_true_after_the_texts_were_amended(council: World) -> None:
    receipt = council.cast("M0001")
    two(council, Act.AMEND, again())

    assert words({"1": "for", "2": "for"}) == receipt.words


def test_what_cannot_be_put_again_is_refused_in_words(council: World) -> None:
    with pytest.raises(UnknownMotion):
        propose(council, Act.AMEND, again(motion=9))
    with pytest.raises(TitleMissing):
        propose(council, Act.AMEND, again(title=" "))
    with pytest.raises(NothingChanged):
        propose(council, Act.AMEND, again(title="予算について"))
    with pytest.raises(NotAPdf):
        propose(council, Act.AMEND, again(documents=[{"name": "x", "sha256": sha256(b"x").hexdigest()}]))
    with pytest.raises(NoReasonGiven):
        propose(council, Act.AMEND, again(reason=""))


# --- an erratum ----------------------------------------------------------------------------------------


def test_an_erratum_is_added_everybody_is_told_and_every_answer_stands(council: World) -> None:
    council.cast("M0001")
    docket = council.case.docket_sha256
    two(council, Act.AMEND, erratum(council))
    council.mails.clear()
    council.send()

    page = pages.member_page(council.rt, council.key("M0001"))

    assert council.case.docket_sha256 == docket
    assert [(each.name, each.size) for each in page.errata] == [("正誤表.pdf", len(PDF))]
    assert page.standing is not None
    assert page.changes == ()
    told = [each for each in council.mails if "正誤表" in each["Subject"]]
    assert len(told) == 5
    assert f"/documents/{keep(council)}" in told[0].get_content()
    assert assemblies.document(council.rt, keep(council)) == PDF


def test_both_persons_of_an_erratum_and_its_digest_stand_in_the_ledger(council: World) -> None:
    two(council, Act.AMEND, erratum(council))
    council.at("2026-06-11 00:00")
    council.certify()

    first, second = of_kind(council, Operator)

    said = f"{keep(council)} 正誤表.pdf: 3ページの数字の誤り"
    assert [first.action, second.action] == [f"erratum-proposed: {said}", f"erratum: {said}"]
    assert first.by != second.by
    assert (first.target, second.target) == ("entry:1", "entry:1")
    require_verified(council)


def test_a_paper_that_is_no_pdf_is_no_erratum(council: World) -> None:
    with pytest.raises(NotAPdf):
        propose(council, Act.AMEND, erratum(council) | {"sha256": keep(council, b"MZ")})


def test_the_motions_of_an_amended_assembly_keep_what_depends_on_them(world: World) -> None:
    world.assembly(
        motions=(Motion(1, "一"), Motion(2, "二", depends_on=(1,)), Motion(3, "三", depends_on=(2,)))
    )
    world.at("2026-06-02 10:00")

    two(world, Act.AMEND, again(title="二(修正)"))

    assert [each.depends_on for each in world.case.docket.motions] == [(), (1,), (2,)]


def test_two_histories_amended_at_the_same_place_never_get_each_others_docket(council: World) -> None:
    """As after a restored backup, in one process."""
    backup, note = back_up(council), council.rt.anchors.read(council.origin)
    two(council, Act.EXTEND, longer())
    first = council.case
    restore(council, backup)
    council.rt.anchors.swap(council.origin, note)
    two(council, Act.EXTEND, longer("2026-06-20 00:00"))

    assert first.docket.assembly.schedule.closes_at == jst(LATER)
    assert council.case.docket.assembly.schedule.closes_at == jst("2026-06-20 00:00")
