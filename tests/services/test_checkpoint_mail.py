"""The mail that makes every member a witness: once a day, the same for all, and nothing secret in it."""

from collections import Counter
from pathlib import Path

import pytest

from tests.mail.relay import HOST, relay
from tests.verify.forge import caught, check
from tests.world import World
from voting.cli import main as voting
from voting.ledger.checkpoint import open as open_checkpoint
from voting.mail.smtp import Relay, sender
from voting.services import schedule
from voting.services.proof.checkpoint_mail import CheckpointMail, owe_if_due
from voting.services.proof.export import export
from voting.verify.evidence import Held

SUBJECT = "【記録の控え】令和8年度総会"


def run(world: World, at: str) -> int:
    """One tick; the answer is how many checkpoint mails it sent."""
    world.at(at)
    before = len(world.mails)
    schedule.run_due(world.rt)
    return sum(each["Subject"] == SUBJECT for each in world.mails[before:])


def days(world: World) -> list[int]:
    """The mails of each tick of an assembly that opens on the 1st and closes at the end of the 3rd."""
    ticks = (
        "2026-05-31 12:00",
        "2026-06-01 00:01",
        "2026-06-01 07:59",
        "2026-06-01 08:00",
        "2026-06-01 08:01",
        "2026-06-01 23:59",
        "2026-06-02 07:59",
        "2026-06-02 09:00",
        "2026-06-03 08:00",
        "2026-06-04 00:00",
        "2026-06-04 00:01",
        "2026-06-05 09:00",
    )
    return [run(world, each) for each in ticks]


SETTINGS = {
    CheckpointMail.DAILY: [0, 0, 0, 2, 0, 0, 0, 2, 2, 2, 0, 0],
    CheckpointMail.CLOSING: [0, 0, 0, 2, 0, 0, 0, 0, 0, 2, 0, 0],
    CheckpointMail.NONE: [0] * 12,
}


@pytest.mark.parametrize(("setting", "mails"), SETTINGS.items(), ids=list(SETTINGS))
def test_each_setting_mails_on_its_days_in_japan_and_once_each(
    world: World, setting: CheckpointMail, mails: list[int]
) -> None:
    world.assembly(size=2, closes="2026-06-04 00:00", checkpoint_mail=setting)

    assert days(world) == mails


def test_nobody_is_mailed_before_the_notice_is_out(world: World) -> None:
    world.draft(checkpoint_mail=CheckpointMail.DAILY)

    assert run(world, "2026-06-02 09:00") == 0


def test_two_runs_at_once_owe_the_mail_once(world: World) -> None:
    world.assembly(size=3)
    world.at("2026-06-01 09:00")
    case = world.case

    assert (owe_if_due(world.rt, case), owe_if_due(world.rt, case)) == (3, 0)


def test_a_tick_that_was_late_by_days_mails_the_first_day_s_once(world: World) -> None:
    world.assembly(size=2)

    assert [run(world, f"2026-06-0{day} 09:00") for day in (5, 6)] == [2, 0]


def test_the_mails_arrive_by_smtp_with_the_same_three_lines_for_all_and_no_secret(world: World) -> None:
    world.assembly(size=3)
    world.at("2026-06-02 09:00")
    world.cast("M0001")
    world.send()
    owe_if_due(world.rt, world.case)
    note = world.rt.anchors.read(world.origin)
    world.cast("M0002")
    with relay() as fake:
        send = sender(Relay(HOST, fake.port, "none"))
        world.rt = type(world.rt)(**{n: getattr(world.rt, n) for n in world.rt.__slots__} | {"send": send})
        world.send()
        taken = [each for each in fake.taken if each.message["Subject"] == SUBJECT]

    assert Counter(each.to[0] for each in taken) == Counter(f"m{n}@example.jp" for n in (1, 2, 3))
    for each in taken:
        said = each.message.get_content().replace("\r\n", "\n")
        assert each.message.get_content_type() == "text/plain"
        assert note.decode() in said
        assert open_checkpoint(note, [world.rt.keys.signer(world.origin).verifier]).size == 4
        assert "賛成" not in said and "反対" not in said
        assert not any(code in said for code in world.codes.values())
        assert max(map(len, each.message.get_content().splitlines())) < 200


def test_what_a_member_saved_from_the_mail_is_checked_against_the_result(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world.assembly(size=2)
    run(world, "2026-06-02 09:00")
    world.cast("M0001")
    run(world, "2026-06-11 00:00")
    world.certify()
    (tmp_path / "b.zip").write_bytes(export(world.rt, world.origin, audience="public"))
    vkey = world.rt.keys.signer(world.origin).vkey

    kept = [each.get_content() for each in world.mails if each["Subject"] == SUBJECT]
    assert len(kept) == 4
    for place, said in enumerate(kept):
        # As an editor on Windows saves it, with an empty line too many.
        lines = said.replace("\r\n", "\n").split("----- ここから -----\n")[1].split("----- ここまで -----")[0]
        file = tmp_path / f"kept-{place}.txt"
        file.write_bytes(b"\xef\xbb\xbf" + lines.replace("\n", "\r\n").encode() + b"\r\n")
        words = ["verify", str(tmp_path / "b.zip"), "--key", vkey, "--checkpoint", str(file)]
        assert voting(words) == 0, capsys.readouterr().out
    assert not caught(
        check((tmp_path / "b.zip").read_bytes(), Held(world.rt.keys.signer(world.origin).verifier))
    )
