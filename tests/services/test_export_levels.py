"""Who finds what in a bundle, by the level of disclosure that genesis fixed (ledger L7 and L8)."""

import json
import re

import pytest

from tests.verify.conftest import play
from tests.verify.forge import caught, check
from tests.world import World
from voting.services.proof.export import export
from voting.store import ballots, roll
from voting.verify.bundle import Bundle, read_bundle
from voting.verify.evidence import Held
from voting.verify.findings import Status

ALWAYS = [
    "BUNDLE.json",
    "BUNDLE.note",
    "checkpoint",
    "checkpoints/<size>",
    "deemed.jsonl",
    "delivery.jsonl",
    "docket.json",
    "documents/<sha256>",
    "issued.jsonl",
    "log.vkey",
    "persons.jsonl",
    "result.json",
    "result/01-result.pdf",
    "result/02-result-summary.pdf",
    "roll/public.jsonl",
    "tile/0/000.p/<width>",
    "tile/entries/000.p/<width>",
]
NAMES, OPENINGS = "roll/private.jsonl", "openings.jsonl"
HELD = [
    ("L0", "public", [NAMES, OPENINGS]),
    ("L0", "auditor", [NAMES, OPENINGS]),
    ("L1", "public", [OPENINGS]),
    ("L1", "auditor", [NAMES, OPENINGS]),
    ("L2", "public", []),
    ("L2", "auditor", [NAMES, OPENINGS]),
]
BY_LEVEL = pytest.mark.parametrize(("level", "audience", "more"), HELD)


def made(world: World, level: str, audience: str) -> bytes:
    play(world, disclosure=level)
    return export(world.rt, world.origin, audience=audience)


def kinds_of_paths(bundle: Bundle) -> list[str]:
    """The paths with sizes, digests and widths taken out, once each."""
    found = set()
    for path in bundle.spans:
        path = re.sub(r"[0-9a-f]{64}", "<sha256>", path)
        path = re.sub(r"^checkpoints/\d+", "checkpoints/<size>", path)
        found.add(re.sub(r"\.p/\d+", ".p/<width>", path))
    return sorted(found)


def lines(bundle: Bundle, path: str) -> list[dict[str, object]]:
    content = bundle.read(path)
    assert content is not None
    return [json.loads(line) for line in content.splitlines()]


def salts(world: World) -> tuple[set[str], set[str]]:
    """In hex: those of all votes, and those of all members."""
    with world.rt.database.reading() as tx:
        sent = ballots.all_submissions(tx, world.case.id)
        voters = roll.voters(tx, world.case.id)
    return {each.salt.hex() for each in sent}, {each.salt.hex() for each in voters}


@BY_LEVEL
def test_a_bundle_has_exactly_the_files_of_its_level_and_audience(
    world: World, level: str, audience: str, more: list[str]
) -> None:
    bundle = read_bundle(made(world, level, audience))

    assert kinds_of_paths(bundle) == sorted([*ALWAYS, *more])


@BY_LEVEL
def test_every_bundle_is_verified_and_says_what_it_withholds(
    world: World, level: str, audience: str, more: list[str]
) -> None:
    data = made(world, level, audience)

    findings = check(data, Held(world.rt.keys.signer(world.origin).verifier))

    assert not caught(findings)
    withheld = {each.number for each in findings if each.status is Status.WITHHELD}
    without_names = set() if NAMES in more else {15}
    assert withheld == without_names | (set() if OPENINGS in more else {17, 21, 22, 23, 25})


@BY_LEVEL
def test_votes_open_for_those_only_who_may_see_them(
    world: World, level: str, audience: str, more: list[str]
) -> None:
    data = made(world, level, audience)
    votes, members = salts(world)

    for salt in votes:
        assert (salt.encode() in data) is (OPENINGS in more)
    for salt in members:
        assert (salt.encode() in data) is (NAMES in more)
    assert ("架空1町".encode() in data) is (NAMES in more)
    assert (b'"choices"' in data) is (OPENINGS in more)


@BY_LEVEL
def test_every_vote_and_every_refused_one_is_opened_by_index_once(
    world: World, level: str, audience: str, more: list[str]
) -> None:
    bundle = read_bundle(made(world, level, audience))
    if OPENINGS not in more:
        assert bundle.read(OPENINGS) is None
        return
    with world.rt.database.reading() as tx:
        sent = ballots.all_submissions(tx, world.case.id)

    opened = lines(bundle, OPENINGS)

    assert [set(each) for each in opened] == [{"ballot", "index", "salt"}] * len(sent)
    assert [each["index"] for each in opened] == [each.index for each in sent]
    assert {each.refused for each in sent} == {None, "late"}


@BY_LEVEL
def test_officers_are_named_to_the_auditors_only_and_their_roles_to_everybody(
    world: World, level: str, audience: str, more: list[str]
) -> None:
    data = made(world, level, audience)

    persons = lines(read_bundle(data), "persons.jsonl")

    members = {"pc", "person", "salt"} if audience == "auditor" else {"pc", "role"}
    assert [set(each) for each in persons] == [members] * len(persons)
    assert len(persons) == 3  # who asked for the freeze, who approved it, who read the papers
    assert ("entry 担当1".encode() in data) is (audience == "auditor")


@pytest.mark.parametrize("audience", ["public", "auditor"])
@pytest.mark.parametrize("level", ["L0", "L1", "L2"])
def test_nobodys_section_name_opinion_code_or_address_is_in_any_bundle(
    world: World, level: str, audience: str
) -> None:
    data = made(world, level, audience)

    for secret in ("企画課", "担当 花子", "@example.jp", *world.codes.values()):
        assert secret.encode() not in data
