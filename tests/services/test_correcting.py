"""A published result is corrected by chair and auditor, from the same ledger, and the old one stays."""

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from tests.scans import png
from tests.verify.conftest import play
from tests.verify.forge import Forge, caught, check, failed
from tests.world import ALL_FOR, World, jst
from voting.core.ballots import Channel
from voting.core.errors import Broken
from voting.core.permissions import Act, NotAllowed, Role
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Correction, Result
from voting.services.desk.papers import arrive
from voting.services.errors import CountingDone, NoSuchAssembly, NotThatFar
from voting.services.office import approvals
from voting.services.outcome import closing, correcting, publishing, results
from voting.services.outcome.correcting import NeedsOtherVotes, NoReason, NoSuchEntry, NothingProposed
from voting.services.outcome.result_files import download
from voting.services.outcome.result_page import result_page
from voting.services.proof import agreement
from voting.services.proof.export import export
from voting.services.proof.incidents import Report, record_incident
from voting.verify.evidence import Held

REASON = "議長の氏名に誤りがあったため"


def propose(world: World, reason: str = REASON, *, of: int | None = None, role: Role = Role.CHAIR) -> str:
    who = world.officer(role)
    correcting.propose(world.rt, who, world.origin, reason=reason, of=of)
    return approvals.request(world.rt, who, world.origin, Act.CORRECT).id


def correct(world: World, reason: str = REASON, *, of: int | None = None) -> None:
    approvals.approve(world.rt, world.officer(Role.AUDITOR), propose(world, reason, of=of))


def declared(world: World) -> World:
    play(world)
    world.at("2026-06-15 10:00")
    return world


def bodies(world: World) -> list[object]:
    return [decode_entry(each).body for each in world.entries()]


def text(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    return "".join("".join(page.split()) for page in pages)


def held(world: World) -> Held:
    receipts = tuple((f"receipt {place}", each) for place, each in enumerate(world.receipts))
    return Held(world.rt.keys.signer(world.origin).verifier, receipts=receipts)


def test_a_correction_names_what_it_corrects_why_and_the_result_that_counts_now(world: World) -> None:
    declared(world)
    first = world.case.result_index

    correct(world)

    correction, result = bodies(world)[-2:]
    published = download(world.rt, world.origin, "result.json")
    assert isinstance(correction, Correction) and isinstance(result, Result)
    assert published is not None
    assert (correction.of, correction.reason) == (first, REASON)
    assert correction.result_sha256 == sha256(published).hexdigest()
    assert len(set(correction.approvals)) == 2
    pdfs = [download(world.rt, world.origin, name) or b"" for name in ("result.pdf", "result-summary.pdf")]
    assert result.documents == tuple(sha256(pdf).hexdigest() for pdf in pdfs)


def test_the_papers_are_a_dated_corrected_version_and_the_old_ones_stay(world: World) -> None:
    declared(world)
    old = {name: download(world.rt, world.origin, f"result.{name}") for name in ("pdf", "csv", "json")}

    correct(world)

    for name, content in old.items():
        assert download(world.rt, world.origin, f"result-1.{name}") == content
    new = text(download(world.rt, world.origin, "result.pdf") or b"")
    assert download(world.rt, world.origin, "result-2.pdf") == download(world.rt, world.origin, "result.pdf")
    for said in ("訂正版(第2版)", REASON, "令和8年6月11日(木)付けで公表した結果", "令和8年6月15日(月)"):
        assert said in new
    assert "訂正版" not in text(old["pdf"] or b"")
    for name in ("result-3.pdf", "result-0.pdf", "result-01.pdf", "other.pdf", "result-2.exe"):
        assert download(world.rt, world.origin, name) is None


def test_the_page_shows_the_correction_with_its_day_and_reason(world: World) -> None:
    declared(world)
    assert result_page(world.rt, world.origin).corrections == ()

    correct(world)

    page = result_page(world.rt, world.origin)
    (line,) = page.corrections
    assert (line.corrected, line.reason, line.before) == ("令和8年6月15日(月)10時00分", REASON, 1)
    assert page.certified == "令和8年6月15日(月)"


@pytest.mark.parametrize("audience", ["public", "auditor"])
def test_a_corrected_assembly_is_exported_and_verified_with_every_receipt(
    world: World, audience: str
) -> None:
    declared(world)
    correct(world)
    world.at("2026-06-16 10:00")
    correct(world, "添付の別表を改めたため")

    findings = check(export(world.rt, world.origin, audience=audience), held(world))

    assert not caught(findings)
    assert findings[23].items == 6  # report and summary of three versions
    assert [note.facts["reason"] for note in findings[25].notes if note.code == "corrected"] == [
        REASON,
        "添付の別表を改めたため",
    ]


def test_the_old_result_in_a_corrected_bundle_is_found_out(world: World) -> None:
    declared(world)
    record_incident(
        world.rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        Report("outage", jst("2026-06-05 09:00"), jst("2026-06-05 10:00")),
    )
    old = download(world.rt, world.origin, "result.json") or b""
    correct(world)
    forge = Forge.of(export(world.rt, world.origin, audience="public"), world.rt.keys.signer(world.origin))

    forge.files["result.json"] = old

    assert 23 in failed(check(forge.zipped(), Held(world.rt.keys.signer(world.origin).verifier)))


def test_an_incident_found_out_after_the_result_is_named_by_its_correction(world: World) -> None:
    declared(world)
    done = record_incident(
        world.rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        Report("outage", jst("2026-06-05 09:00"), jst("2026-06-05 10:00"), "回線の工事"),
    )
    # The result that was certified says nothing of it, and still is what the ledger gives.
    assert json.loads(download(world.rt, world.origin, "result.json") or b"")["incidents"] == []
    assert len(result_page(world.rt, world.origin).incidents) == 1

    correct(world, "受付の障害が後に判明したため")

    assert json.loads(download(world.rt, world.origin, "result.json") or b"")["incidents"] == [done.index]
    assert "回線の工事" in text(download(world.rt, world.origin, "result.pdf") or b"")
    assert not caught(check(export(world.rt, world.origin, audience="public"), held(world)))


def test_a_result_that_a_faulty_program_counted_is_corrected_to_what_the_rules_give(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(case, sent):
        read = submissions_for_count(case, sent)
        return tuple(replace(each, choices=ALL_FOR) if each.member_id == "M0001" else each for each in read)

    submissions_for_count = closing.submissions_for_count
    with monkeypatch.context() as patch:
        patch.setattr(closing, "submissions_for_count", faulty)
        patch.setattr(results, "submissions_for_count", faulty)
        play(world)
    with pytest.raises(Broken, match="another result"):
        result_page(world.rt, world.origin)
    world.at("2026-06-15 10:00")

    correct(world, "集計プログラムの誤りのため")

    new = text(download(world.rt, world.origin, "result.pdf") or b"")
    assert "(誤)第1号議案賛成5票(うち未提出2票)、反対0票可決" in new
    assert "(正)第1号議案賛成4票(うち未提出2票)、反対1票可決" in new
    assert "各議案の可否に変更はありません" in new
    assert result_page(world.rt, world.origin).corrections[0].before == 1
    assert not caught(check(export(world.rt, world.origin, audience="public"), held(world)))


@pytest.mark.parametrize("kind", ["ballot", "refused", "paper", "deemed", "close", "freeze"])
def test_what_would_need_other_votes_is_refused(world: World, kind: str) -> None:
    declared(world)
    size = len(world.entries())
    index = next(place for place, each in enumerate(world.entries()) if decode_entry(each).kind == kind)

    with pytest.raises(NeedsOtherVotes):
        propose(world, of=index)

    assert len(world.entries()) == size
    assert approvals.waiting(world.rt, world.origin) == ()


def test_a_paper_found_after_the_count_comes_too_late_for_it(world: World) -> None:
    declared(world)

    with pytest.raises(CountingDone):
        arrive(
            world.rt,
            world.officer(Role.ENTRY),
            world.origin,
            serial="F-9",
            channel=Channel.FAX,
            arrived_at=jst("2026-06-03 09:00"),
            scan=png("found behind the machine"),
        )


@pytest.mark.parametrize("kind", ["tally", "result"])
def test_tally_and_result_can_be_corrected(world: World, kind: str) -> None:
    declared(world)
    index = next(place for place, each in enumerate(world.entries()) if decode_entry(each).kind == kind)

    correct(world, of=index)

    correction = bodies(world)[-2]
    assert isinstance(correction, Correction) and correction.of == index


def test_a_second_correction_corrects_the_first_unless_it_says_otherwise(world: World) -> None:
    declared(world)
    correct(world)
    place = len(world.entries()) - 1

    correct(world, "再度の訂正")

    second = bodies(world)[-2]
    assert isinstance(second, Correction) and second.of == place
    assert [each.before for each in result_page(world.rt, world.origin).corrections] == [2, 1]


@pytest.mark.parametrize("index", [-1, 9999])
def test_an_entry_that_is_not_there_cannot_be_corrected(world: World, index: int) -> None:
    declared(world)

    with pytest.raises(NoSuchEntry):
        propose(world, of=index)


@pytest.mark.parametrize("reason", ["", "  \n ", "長" * 1001])
def test_a_correction_says_why_in_a_few_words(world: World, reason: str) -> None:
    declared(world)

    with pytest.raises(NoReason):
        propose(world, reason)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ENTRY, Role.CHECKER, Role.AUDITOR])
def test_only_the_chair_proposes_a_correction(world: World, role: Role) -> None:
    declared(world)

    with pytest.raises(NotAllowed):
        propose(world, role=role)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CHECKER, Role.CHAIR])
def test_only_an_auditor_approves_it(world: World, role: Role) -> None:
    declared(world)
    asked = propose(world)

    with pytest.raises(NotAllowed):
        approvals.approve(world.rt, world.officer(role, number=2), asked)


def test_another_reason_than_the_one_approved_is_not_published(world: World) -> None:
    declared(world)
    asked = propose(world)
    propose(world, "別の理由")

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)


def test_fault_the_papers_of_one_proposal_beside_the_ledger_entry_of_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chair writes another reason, and the first one again while the papers of the other are made."""
    declared(world)
    asked = propose(world)
    correcting.propose(world.rt, world.officer(Role.CHAIR), world.origin, reason="別の理由")
    size, make = len(world.entries()), publishing.make

    def slow(*facts: Any, **more: Any) -> publishing.Papers:
        papers = make(*facts, **more)
        correcting.propose(world.rt, world.officer(Role.CHAIR), world.origin, reason=REASON)
        return papers

    monkeypatch.setattr(publishing, "make", slow)

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)

    assert len(world.entries()) == size
    assert download(world.rt, world.origin, "result-2.pdf") is None


def test_an_incident_that_came_in_between_has_to_be_approved_as_well(world: World) -> None:
    declared(world)
    asked = propose(world)
    record_incident(
        world.rt,
        world.officer(Role.ADMINISTRATOR),
        world.origin,
        Report("outage", jst("2026-06-05 09:00"), jst("2026-06-05 10:00")),
    )

    with pytest.raises(approvals.ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked)


def test_an_approved_correction_is_not_approved_again(world: World) -> None:
    declared(world)
    correct(world)

    with pytest.raises(NothingProposed):
        approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.CORRECT)


def test_before_the_result_there_is_nothing_to_correct(world: World) -> None:
    world.assembly()
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)

    with pytest.raises(NotThatFar):
        propose(world)
    with pytest.raises(NoSuchAssembly):
        correcting.propose(world.rt, world.officer(Role.CHAIR), "x/y/z", reason=REASON)


def test_a_correction_in_the_tables_that_the_ledger_does_not_have_is_found(world: World) -> None:
    declared(world)
    correct(world)
    with world.rt.database.transaction() as tx:
        (row,) = correcting.corrections.corrections(tx, world.case.id)
        correcting.corrections.put(tx, world.case.id, replace(row, index=99))

    with pytest.raises(Broken, match="corrections"):
        agreement.check(world.rt, world.origin)
