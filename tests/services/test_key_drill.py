"""The key drill: a key that could not sign later is found before the freeze, and named with its remedy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.officers import hire
from tests.services.drafting import begin
from tests.stamping import listening
from tests.verify.tsa import Authority as Keys
from tests.world import World, empty_database, jst, world_at
from voting.core.permissions import Act, Role
from voting.core.rules import BodyKind
from voting.credentials.paper_keys import PaperKey, PaperKeys, PaperKeyUnusable
from voting.credentials.vault import Vault
from voting.i18n import sentence
from voting.ledger import checkpoint as checkpoints
from voting.ledger.checkpoint import CheckpointFault
from voting.ledger.note import Signer
from voting.services.drafting.draft_pages import checks_of
from voting.services.faults import UnsoundDocket
from voting.services.office import approvals
from voting.store import factors

PASSPHRASE = b"a passphrase of the tests"
NEEDED_UNTIL = jst("2026-06-11 00:00") + timedelta(days=90)


@pytest.fixture(params=["sqlite", "postgres"])
def drafted(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    url: str = request.getfixturevalue(f"{request.param}_url")
    empty_database(url).close()
    world = world_at(tmp_path, url)
    world.draft()
    yield world
    world.rt.database.close()


def keys_folder(tmp_path: Path) -> Path:
    return tmp_path / "keys"


def log_key(tmp_path: Path) -> Path:
    (file,) = keys_folder(tmp_path).glob("*.key.pem")
    return file


def blocking(world: World) -> dict[str, str]:
    found = checks_of(world.rt, world.officer(Role.CHAIR), world.origin).blocking
    return {each.code: sentence(each) for each in found}


def chair_key(tmp_path: Path, *, made: datetime) -> PaperKey:
    """A key of the chair, whose certificate is good for ten years of 365 days from *made*."""
    kept = PaperKeys(keys_folder(tmp_path), PASSPHRASE)
    seed = bytes(range(68))
    return kept.create("council", "chair", organisation="架空協議会", name="議長", seed=seed, now=made)


def test_keys_that_can_do_their_work_are_no_matter(drafted: World) -> None:
    assert blocking(drafted) == {}
    drafted.two(Act.FREEZE, Role.ADMINISTRATOR, Role.CHECKER)
    assert drafted.case.frozen_index is not None


def test_a_log_key_that_was_lost_is_found_although_this_process_still_has_it(
    drafted: World, tmp_path: Path
) -> None:
    drafted.rt.keys.signer(drafted.origin)
    log_key(tmp_path).unlink()

    found = blocking(drafted)

    assert list(found) == ["key-unusable"]
    assert drafted.origin in found["key-unusable"] and str(keys_folder(tmp_path)) in found["key-unusable"]


def test_a_key_that_is_lost_after_the_request_stops_the_second_person(drafted: World, tmp_path: Path) -> None:
    asked = approvals.request(drafted.rt, drafted.officer(Role.ADMINISTRATOR), drafted.origin, Act.FREEZE)
    log_key(tmp_path).unlink()

    with pytest.raises(UnsoundDocket):
        approvals.approve(drafted.rt, drafted.officer(Role.CHECKER), asked.id)

    assert drafted.case.frozen_index is None


def test_attack_the_key_file_of_another_ledger_in_the_place_of_this_one(
    drafted: World, tmp_path: Path
) -> None:
    own = log_key(tmp_path)
    begin(drafted, preset="council")
    (other,) = set(keys_folder(tmp_path).glob("*.key.pem")) - {own}
    own.write_bytes(other.read_bytes())

    assert list(blocking(drafted)) == ["key-other"]


def test_without_a_key_that_signs_the_result_nothing_is_frozen(drafted: World) -> None:
    """Its certification would be refused: the vote would have been held for nothing."""
    drafted.origin = begin(drafted, kind=BodyKind.VOLUNTARY)

    assert "結果を認証できません" in blocking(drafted)["no-paper-key"]


def test_a_key_for_minutes_alone_signs_no_result(drafted: World, tmp_path: Path) -> None:
    (file,) = (keys_folder(tmp_path) / "papers").glob("*.p12")
    file.rename(file.with_name("council.secretary.p12"))

    assert list(blocking(drafted)) == ["no-paper-key"]


@pytest.mark.parametrize(("early", "codes"), [(0, []), (1, ["paper-key-ends"])])
def test_a_certificate_has_to_last_until_ninety_days_after_the_close(
    drafted: World, tmp_path: Path, early: int, codes: list[str]
) -> None:
    chair_key(tmp_path, made=NEEDED_UNTIL - timedelta(days=3650, seconds=early))

    found = blocking(drafted)

    assert list(found) == codes
    assert all("署名者 chair の証明書の期限は" in said for said in found.values())


def test_a_certificate_that_has_ended_is_told_as_ended(drafted: World, tmp_path: Path) -> None:
    chair_key(tmp_path, made=jst("2016-01-01 00:00"))

    assert list(blocking(drafted)) == ["paper-key-expired"]


def test_a_paper_key_that_does_not_open_is_named_and_hides_no_other(drafted: World, tmp_path: Path) -> None:
    (file,) = (keys_folder(tmp_path) / "papers").glob("*.p12")
    file.write_bytes(b"no PKCS #12")
    log_key(tmp_path).unlink()

    found = blocking(drafted)

    assert list(found) == ["key-unusable", "paper-key-unusable"]
    assert file.name in found["paper-key-unusable"]


def test_attack_a_certificate_beside_a_key_that_is_not_its_own(drafted: World, tmp_path: Path) -> None:
    """Papers would carry signatures that no reader could verify."""
    made = chair_key(tmp_path, made=jst("2026-05-01 00:00"))
    made.drill(b"text", file="council.chair.p12")

    with pytest.raises(PaperKeyUnusable) as refused:
        replace(made, key=ec.generate_private_key(ec.SECP256R1())).drill(b"text", file="council.chair.p12")

    assert sentence(refused.value) == (
        "council.chair.p12 は署名に使えません: 鍵と証明書が組になっていません。"
    )


def test_an_authenticator_that_was_sealed_under_another_passphrase_is_found(drafted: World) -> None:
    hire(drafted, Role.ADMINISTRATOR)
    hire(drafted, Role.CHECKER)
    assert blocking(drafted) == {}
    other = Vault(b"another passphrase").seal(b"secret", about="checker-1", nonce=bytes(12))
    with drafted.rt.database.transaction() as tx:
        factors.put_totp(tx, "checker-1", sealed=other, step=0, now="2026-05-20T00:00:00.000Z")

    found = blocking(drafted)

    assert list(found) == ["factors-sealed"]
    assert "checker-1" in found["factors-sealed"] and "administrator-1" not in found["factors-sealed"]


def test_a_promise_of_time_stamps_needs_the_authority_that_the_ledger_names(drafted: World) -> None:
    with listening() as server:
        drafted.rt = replace(drafted.rt, stamper=server.client())
        drafted.origin = begin(drafted, preset="council")
        assert "no-stamper" not in blocking(drafted)

    drafted.rt = replace(drafted.rt, stamper=None)

    assert "no-stamper" in blocking(drafted)


def test_the_authoritys_certificate_has_to_last_as_well(drafted: World) -> None:
    with listening(keys=Keys(years=(2020, 2026))) as server:
        drafted.rt = replace(drafted.rt, stamper=server.client())
        drafted.origin = begin(drafted, preset="council")

    assert "令和8年1月1日" in blocking(drafted)["stamp-key-ends"]


def test_attack_what_the_drill_signs_is_no_checkpoint(
    drafted: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made whenever somebody looks: it must be good for nothing."""
    signed = list[bytes]()
    sign = Signer.sign

    def overhear(signer: Signer, text: str) -> bytes:
        signed.append(sign(signer, text))
        return signed[-1]

    monkeypatch.setattr(Signer, "sign", overhear)
    blocking(drafted)

    (note,) = signed
    with pytest.raises(CheckpointFault):
        checkpoints.open(note, [drafted.rt.keys.signer(drafted.origin).verifier])


def test_looking_at_the_list_leaves_everything_as_it_was(drafted: World, tmp_path: Path) -> None:
    def everything() -> dict[str, bytes]:
        return {str(file): file.read_bytes() for file in keys_folder(tmp_path).rglob("*") if file.is_file()}

    before, entries = everything(), drafted.entries()
    blocking(drafted)

    assert everything() == before
    assert drafted.entries() == entries
