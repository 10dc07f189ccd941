"""Certifying signs the result, with what the body has to sign it with."""

import io
from hashlib import sha256
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from tests.documents.archives import failures
from tests.documents.reading import text_of
from tests.world import World
from voting.core.permissions import Act, NotAllowed, Role
from voting.credentials.paper_keys import NoPaperKey, PaperKeyExpired
from voting.ledger.entries import decode_entry
from voting.ledger.kinds import Result
from voting.services.errors import BadName, NoSuchBody
from voting.services.office import approvals
from voting.services.outcome import closing
from voting.services.outcome.result_files import download
from voting.services.printing import paper_signing
from voting.verify.pdf import embedded


def counted(world: World) -> None:
    world.assembly()
    world.at("2026-06-02 10:00")
    world.cast("M0001")
    world.at("2026-06-11 00:00")
    closing.tally(world.rt, world.officer(Role.ADMINISTRATOR), world.origin)


def key_files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "keys" / "papers").iterdir())


def signers(pdf: bytes) -> list[str]:
    found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    return [each.signer_cert.subject.native["common_name"] for each in found]


def test_the_ledger_names_the_signed_file(world: World) -> None:
    counted(world)

    world.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)

    pdfs = [download(world.rt, world.origin, name) or b"" for name in ("result.pdf", "result-summary.pdf")]
    (named,) = [body for each in world.entries() if isinstance(body := decode_entry(each).body, Result)]
    assert named.documents == tuple(sha256(pdf).hexdigest() for pdf in pdfs)
    assert [signers(pdf) for pdf in pdfs] == [["架空協議会"]] * 2


@pytest.mark.parametrize("name", ["result.pdf", "result-summary.pdf"])
def test_a_published_paper_carries_the_result_is_an_archive_and_can_be_read_out(
    world: World, name: str
) -> None:
    counted(world)
    world.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)

    pdf = download(world.rt, world.origin, name) or b""

    assert embedded(pdf, "result.json", most=2**20) == [download(world.rt, world.origin, "result.json")]
    assert signers(pdf) == ["架空協議会"]
    assert failures(pdf, "ua1") == []
    assert failures(pdf, "3a") == []


def test_the_translation_is_not_signed_and_says_which_result_it_belongs_to(
    world: World, tmp_path: Path
) -> None:
    counted(world)
    world.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)

    pdf = download(world.rt, world.origin, "result-en.pdf") or b""

    content = download(world.rt, world.origin, "result.json") or b""
    assert signers(pdf) == []
    assert sha256(content).hexdigest() in text_of(pdf, tmp_path)
    assert embedded(pdf, "result.json", most=2**20) == [content]
    assert failures(pdf, "ua1") == [] and failures(pdf, "3a") == []


def test_the_paper_is_signed_at_the_time_of_the_second_approval(world: World) -> None:
    counted(world)
    asked = world.ask_certification()
    world.at("2026-06-12 09:30")

    approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)

    (signature,) = PdfFileReader(
        io.BytesIO(download(world.rt, world.origin, "result.pdf") or b"")
    ).embedded_regular_signatures
    assert signature.self_reported_timestamp == world.rt.clock()


def test_chair_and_auditor_sign_after_the_body_and_nobody_else_signs_a_result(world: World) -> None:
    counted(world)
    for signer, name in (
        ("witness", "議事録署名人"),
        ("auditor", "監事 架空 花子"),
        ("chair", "議長 架空 一郎"),
    ):
        administrator = world.officer(Role.ADMINISTRATOR)
        paper_signing.create(world.rt, administrator, "council", signer=signer, name=name)

    world.two(Act.CERTIFY, Role.CHAIR, Role.AUDITOR)

    pdf = download(world.rt, world.origin, "result.pdf") or b""
    assert signers(pdf) == ["架空協議会", "議長 架空 一郎", "監事 架空 花子"]


def test_without_a_key_the_chair_is_told_before_anybody_approves(world: World, tmp_path: Path) -> None:
    counted(world)
    for file in key_files(tmp_path):
        file.unlink()

    with pytest.raises(NoPaperKey) as refused:
        approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.CERTIFY)

    assert refused.value.body == "council"
    assert approvals.waiting(world.rt, world.origin) == ()


def test_a_key_lost_between_the_two_approvals_publishes_nothing(world: World, tmp_path: Path) -> None:
    counted(world)
    asked = world.ask_certification()
    for file in key_files(tmp_path):
        file.rename(file.with_suffix(".away"))

    with pytest.raises(NoPaperKey):
        approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)

    assert download(world.rt, world.origin, "result.pdf") is None
    for file in key_files(tmp_path):
        file.rename(file.with_suffix(".p12"))
    approvals.approve(world.rt, world.officer(Role.AUDITOR), asked.id)
    assert download(world.rt, world.origin, "result.pdf") is not None


def test_an_expired_certificate_certifies_nothing(world: World) -> None:
    counted(world)
    world.at("2037-01-01 00:00")

    with pytest.raises(PaperKeyExpired):
        approvals.request(world.rt, world.officer(Role.CHAIR), world.origin, Act.CERTIFY)


def test_only_the_administrator_makes_keys_and_only_for_a_body_that_is_there(world: World) -> None:
    world.draft()
    administrator = world.officer(Role.ADMINISTRATOR)

    with pytest.raises(NotAllowed):
        paper_signing.create(world.rt, world.officer(Role.CHAIR), "council", signer="chair", name="甲")
    with pytest.raises(NoSuchBody):
        paper_signing.create(world.rt, administrator, "nobody", signer="body", name="甲")
    for signer, name in (("Body", "甲"), ("../x", "甲"), ("chair", ""), ("chair", "甲" * 65)):
        with pytest.raises(BadName):
            paper_signing.create(world.rt, administrator, "council", signer=signer, name=name)
