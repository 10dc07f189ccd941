"""議事録 of a real assembly: drafted, signed by chair and 議事録署名人 after two persons' act, kept."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.documents.reading import squeezed, text_of
from tests.documents.test_signing import judged, pdfsig
from tests.services.letterheads import LETTERHEAD
from tests.services.test_correcting import correct
from tests.world import World
from voting.core.assembly import Body
from voting.core.ballots import Mark
from voting.core.permissions import Act, NotAllowed, Role
from voting.core.rules import BodyKind
from voting.i18n import lines
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.office import approvals
from voting.services.office.approvals import ChangedSince
from voting.services.outcome.result_files import download
from voting.services.printing import letterheads, minutes, minutes_signing, paper_signing
from voting.services.printing.minutes import MinutesIncomplete
from voting.services.printing.paper_signing import NoKeyOfSigner
from voting.wording import minutes_statute

KEYS = (("chair", "議長 架空 一郎"), ("auditor", "監事 架空 花子"), ("recorder", "議事録署名人 架空 三郎"))


def declared(world: World, letterhead: str = LETTERHEAD) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.cast("M0002", {1: Mark.FOR, 2: Mark.AGAINST})
    world.at("2026-06-11 00:00")
    world.certify()
    administrator = world.officer(Role.ADMINISTRATOR)
    letterheads.set_letterhead(world.rt, administrator, world.origin, letterhead)
    for signer, name in KEYS:
        paper_signing.create(world.rt, administrator, "council", signer=signer, name=name)


def made(world: World) -> bytes:
    return minutes.minutes(world.rt, world.officer(Role.ENTRY), world.origin)


def sign(world: World) -> None:
    world.two(Act.SIGN_MINUTES, Role.CHAIR, Role.AUDITOR)


def test_a_draft_is_marked_and_unsigned_until_two_persons_have_acted(world, tmp_path):
    declared(world)

    draft = made(world)
    sign(world)
    signed = made(world)

    assert text_of(draft, tmp_path).split()[0] == "案"
    assert PdfFileReader(io.BytesIO(draft)).embedded_regular_signatures == []
    assert squeezed(text_of(signed, tmp_path)).startswith("架協第52号")
    assert made(world) == signed


def test_chair_and_auditor_sign_where_the_office_names_them_and_poppler_accepts_both(world, tmp_path):
    declared(world)
    sign(world)

    pdf = made(world)

    found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    assert [each.signer_cert.subject.native["common_name"] for each in found] == [
        "議長 架空 一郎",
        "監事 架空 花子",
    ]
    for each in found:
        each.compute_integrity_info()
        assert each.self_reported_timestamp == world.rt.clock()
    assert pdfsig(pdf, tmp_path).count("Signature is Valid.") == 2
    trusted = judged(pdf, paper_signing.keys(world.rt, "council"))
    assert [each.intact and each.valid and each.trusted for each in trusted] == [True, True]


def test_another_signer_who_is_named_signs_in_the_order_given(world):
    declared(world, LETTERHEAD.replace('["chair", "auditor"]', '["recorder", "chair"]'))
    sign(world)

    found = PdfFileReader(io.BytesIO(made(world))).embedded_regular_signatures

    names = [each.signer_cert.subject.native["common_name"] for each in found]
    assert names == ["議事録署名人 架空 三郎", "議長 架空 一郎"]


def test_the_numbers_are_those_of_result_json_and_add_up(world, tmp_path):
    declared(world)
    published = json.loads(download(world.rt, world.origin, "result.json") or b"")

    text = squeezed(text_of(made(world), tmp_path))

    lines = re.findall(r"賛成([0-9]+)票(?:\([^)]*\))?、反対([0-9]+)票、計([0-9]+)票", text)
    numbers = [(each["for"], each["against"]) for each in published["motions"]]
    assert len(lines) == len(numbers) == 2
    for (favour, against, total), (by_way, no) in zip(lines, numbers, strict=True):
        assert (int(favour), int(against)) == (int(by_way["total"]), int(no["total"]))
        assert int(favour) + int(against) == int(total) == 5
    assert "出席(表決)5会員(うち電磁的方法2会員、未提出によるみなし3会員)" in text


def test_signing_again_makes_a_corrected_version_and_keeps_the_first(world, tmp_path):
    declared(world)
    sign(world)
    first = made(world)
    letterheads.set_letterhead(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD.replace("次郎", "四郎")
    )
    assert made(world) == first

    sign(world)

    text = squeezed(text_of(made(world), tmp_path))
    assert text.startswith("訂正版(第2版)")
    assert "記録四郎" in text
    with world.rt.database.reading() as tx:
        assert minutes.assemblies.published(tx, world.case.id, "minutes.pdf") == first


def test_what_the_office_writes_after_the_proposal_is_not_approved(world):
    declared(world)
    asked = approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.SIGN_MINUTES)
    letterheads.set_letterhead(
        world.rt, world.officer(Role.ADMINISTRATOR), world.origin, LETTERHEAD.replace("次郎", "四郎")
    )

    with pytest.raises(ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)

    with world.rt.database.reading() as tx:
        assert minutes.next_version(tx, world.case) == 1


def test_fault_minutes_made_of_a_letterhead_that_nobody_approved(world, monkeypatch):
    """Another course of things is written, and the first one again while the minutes are being signed."""
    declared(world)
    asked = approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.SIGN_MINUTES)
    administrator, render = world.officer(Role.ADMINISTRATOR), minutes_signing.render_minutes
    other = LETTERHEAD.replace("1件の質問があり", "質問はなく")
    letterheads.set_letterhead(world.rt, administrator, world.origin, other)

    def slow(facts):
        letterheads.set_letterhead(world.rt, administrator, world.origin, LETTERHEAD)
        return render(facts)

    monkeypatch.setattr(minutes_signing, "render_minutes", slow)

    with pytest.raises(ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)

    with world.rt.database.reading() as tx:
        assert minutes.next_version(tx, world.case) == 1


def test_fault_a_signer_of_another_name_than_the_one_both_have_read(world, tmp_path):
    declared(world)
    asked = approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.SIGN_MINUTES)
    (tmp_path / "keys" / "papers" / "council.chair.p12").unlink()
    paper_signing.create(
        world.rt, world.officer(Role.ADMINISTRATOR), "council", signer="chair", name="議長 別人 五郎"
    )

    with pytest.raises(ChangedSince):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)


def test_the_office_cannot_sign_with_the_chair_s_key(world):
    declared(world)

    with pytest.raises(NotAllowed):
        approvals.request(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, Act.SIGN_MINUTES)


def test_where_the_office_names_nobody_chair_and_auditor_sign_and_no_other_key(world):
    declared(world, "[letter]\n")
    sign(world)

    found = PdfFileReader(io.BytesIO(made(world))).embedded_regular_signatures

    names = [each.signer_cert.subject.native["common_name"] for each in found]
    assert names == ["議長 架空 一郎", "監事 架空 花子"]


def test_a_draft_names_the_office_of_a_signer_who_has_no_key_yet(world, tmp_path):
    declared(world, LETTERHEAD.replace('["chair", "auditor"]', '["body", "witness"]'))

    text = squeezed(text_of(made(world), tmp_path))

    assert "電子署名電子署名架空協議会witness" in text


def test_a_named_signer_without_a_key_is_told_before_anybody_approves(world):
    declared(world, LETTERHEAD.replace('["chair", "auditor"]', '["chair", "nobody"]'))

    with pytest.raises(NoKeyOfSigner) as refused:
        approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.SIGN_MINUTES)

    assert refused.value.signers == ("nobody",)
    # An officer is told whom to ask; what those would type stands below it.
    told, *commands = lines(NoKeyOfSigner("council", ("chair", "nobody")))
    assert "議長・共同代表、nobodyの署名の鍵がまだありません。このサービスの運用担当者に" in told
    assert "voting" not in told
    assert commands == [
        "voting keys create council --signer chair --name NAME --as ID",
        "voting keys create council --signer nobody --name NAME --as ID",
    ]


def test_a_statute_asks_for_proposer_and_author(world):
    declared(world, "[letter]\n")
    incorporated = Body("一般社団法人見本会", BodyKind.GENERAL_INCORPORATED)
    case = replace(world.case, docket=replace(world.case.docket, body=incorporated))

    with pytest.raises(MinutesIncomplete) as refused, world.rt.database.reading() as tx:
        minutes_signing.subject(tx, case)

    assert refused.value.keys == ("minutes.author", "minutes.proposer")
    assert refused.value.statute == minutes_statute(BodyKind.GENERAL_INCORPORATED)


def test_before_the_result_there_are_no_minutes(world):
    world.assembly()

    with pytest.raises(NotThatFar):
        made(world)
    with pytest.raises(NotThatFar):
        approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.SIGN_MINUTES)
    with pytest.raises(NoSuchAssembly):
        minutes.minutes(world.rt, world.officer(Role.ENTRY), "nowhere/a/b")


def translated(world: World, folder: Path) -> str:
    pdf = minutes.minutes(world.rt, world.officer(Role.ENTRY), world.origin, language="en")
    assert PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures == []
    return " ".join(text_of(pdf, folder).split())


def test_the_translation_is_a_draft_until_the_minutes_are_signed(world, tmp_path):
    declared(world)
    draft = translated(world, tmp_path)
    sign(world)

    assert draft.startswith("Draft")
    assert translated(world, tmp_path).startswith("架協第52号 20 June 2026")
    assert "Signed by 議長 架空 一郎、監事 架空 花子" in translated(world, tmp_path)


def test_the_translation_follows_the_letterhead_that_was_approved_and_not_a_later_one(world, tmp_path):
    declared(world)
    sign(world)
    before = translated(world, tmp_path)
    later = LETTERHEAD.replace("架協第52号", "架協第99号")
    letterheads.set_letterhead(world.rt, world.officer(Role.ADMINISTRATOR), world.origin, later)

    assert translated(world, tmp_path) == before
    sign(world)
    assert "架協第99号" in translated(world, tmp_path)
    assert translated(world, tmp_path).startswith("Corrected (version 2)")


def test_after_a_correction_of_the_result_the_translation_is_a_draft_of_the_next_minutes(world, tmp_path):
    declared(world)
    sign(world)

    correct(world)

    text = translated(world, tmp_path)
    assert text.startswith("Draft")
    assert "those of the corrected result (version 2)" in text
