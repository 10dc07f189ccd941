"""Every mail at least once: tried again, given up, taken over, and never sent by two ticks at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from tests.mail.owed import codes, ids, owe, rows, tick
from tests.mail.relay import HOST, PASSWORD, USER, relay, self_signed
from voting.mail.smtp import Relay, sender
from voting.services import schedule


def test_a_mail_refused_for_now_is_sent_later_under_the_same_message_id(world, plain):
    owe(world)
    plain.to_address["m2@example.jp"] = "451 4.7.1 greylisted"

    assert tick(world) == (2, 0)
    assert rows(world)[1][2:] == (0, 0, 1, "451 4.7.1 greylisted")
    assert len(codes(world)) == 1

    plain.to_address.clear()
    assert tick(world, "2026-05-20 10:00") == (0, 0)  # not before its time
    assert tick(world, "2026-05-20 10:01") == (1, 0)

    assert sorted(plain.ids()) == sorted(ids(world))
    assert codes(world) == []


def test_the_pauses_grow_and_no_busy_relay_ever_costs_a_member_its_code(world, plain):
    owe(world, size=1)
    plain.to_address["m1@example.jp"] = "450 4.2.1 busy"
    tried = []

    for minutes in range(0, 4 * 24 * 60, 5):
        day, rest = divmod(minutes + 600, 24 * 60)
        before = rows(world)[0][4]
        assert tick(world, f"2026-05-{20 + day:02} {rest // 60:02}:{rest % 60:02}") == (0, 0)
        if rows(world)[0][4] != before:
            tried.append(minutes)

    # Asked every five minutes: after 1, 5, 15, 60, 180 minutes, then every six hours.
    assert tried[:7] == [0, 5, 10, 25, 85, 265, 625]
    (row,) = rows(world)
    assert row[1] is not None
    assert row[2:] == (0, 0, len(tried), "450 4.2.1 busy")


def test_a_mail_refused_for_good_is_given_up_and_its_code_wiped(world, plain):
    owe(world)
    plain.to_address["m2@example.jp"] = "550 5.1.1 no such user"

    assert tick(world) == (2, 1)

    assert rows(world)[1] == ("M0002", None, 0, 1, 1, "550 5.1.1 no such user")
    plain.to_address.clear()
    assert tick(world, "2026-05-21 10:00") == (0, 0)
    assert len(plain.taken) == 2


def test_a_relay_that_hangs_up_after_the_mail_gets_it_again_under_the_same_message_id(world, plain):
    owe(world, size=1)
    plain.to_data = lambda taken: None
    assert tick(world) == (0, 0)
    assert len(codes(world)) == 1

    plain.to_data = lambda taken: "250 OK"
    assert tick(world, "2026-05-20 10:01") == (1, 0)

    assert plain.ids() == ids(world) * 2
    assert codes(world) == []


def test_a_mail_whose_sender_died_is_sent_again_once_its_claim_ran_out(world, plain):
    class PowerCut(BaseException):
        pass

    def die(message):
        send(message)
        raise PowerCut

    owe(world, size=1)
    send = world.rt.send
    world.rt = replace(world.rt, send=die)
    with pytest.raises(PowerCut):
        tick(world)

    world.rt = replace(world.rt, send=send)
    assert tick(world, "2026-05-20 10:04") == (0, 0)
    assert tick(world, "2026-05-20 10:05") == (1, 0)
    assert plain.ids() == ids(world) * 2


def test_two_ticks_at_once_send_each_mail_once(world, plain):
    owe(world, size=12)
    start = threading.Barrier(2)

    def run(_):
        start.wait()
        return schedule.send_mails(world.rt, limit=1000)

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(run, range(2)))

    assert sum(sent for sent, _ in outcomes) == 12
    assert sorted(plain.ids()) == sorted(ids(world))


def test_a_tick_that_starts_while_another_hands_over_a_mail_leaves_it_that_one(world, plain):
    owe(world, size=3)
    send, inner = world.rt.send, []

    def send_while_another_tick_runs(message):
        if not inner:
            inner.append(schedule.send_mails(replace(world.rt, send=send), limit=1000))
        send(message)

    world.rt = replace(world.rt, send=send_while_another_tick_runs)

    assert tick(world) == (1, 0)
    assert inner == [(2, 0)]
    assert sorted(plain.ids()) == sorted(ids(world))


def test_a_tick_with_an_old_list_does_not_try_again_what_the_other_put_off(world, plain):
    owe(world, size=2)
    plain.to_address["m2@example.jp"] = plain.to_address["m1@example.jp"] = "451 later"
    send, inner = world.rt.send, []

    def send_while_another_tick_runs(message):
        if not inner:
            inner.append(schedule.send_mails(replace(world.rt, send=send), limit=1000))
        send(message)

    world.rt = replace(world.rt, send=send_while_another_tick_runs)
    tick(world)

    assert [row[4] for row in rows(world)] == [1, 1]


def test_no_more_mails_are_sent_than_one_tick_may(world, plain):
    owe(world, size=3)

    assert schedule.send_mails(world.rt, limit=2) == (2, 0)
    assert schedule.send_mails(world.rt, limit=2) == (1, 0)


def test_a_relay_that_is_away_loses_nothing(world, plain):
    owe(world)
    reached = world.rt.send
    world.rt = replace(world.rt, send=sender(Relay("127.0.0.1", 1, "none")))
    assert tick(world) == (0, 0)
    assert len(codes(world)) == 3

    world.rt = replace(world.rt, send=reached)
    assert tick(world, "2026-05-20 10:01") == (3, 0)


def test_a_refused_log_in_gives_no_mail_up(world, tmp_path, monkeypatch):
    tls, certificate = self_signed(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    owe(world)

    with relay(tls=tls, log_in=True) as fake:
        settings = Relay(HOST, fake.port, "starttls", USER, "wrong")
        world.rt = replace(world.rt, send=sender(settings))
        assert tick(world) == (0, 0)
        assert [(row[3], row[4], row[5][:3]) for row in rows(world)] == [(0, 1, "535")] * 3
        assert len(codes(world)) == 3

        world.rt = replace(world.rt, send=sender(replace(settings, password=PASSWORD)))
        assert tick(world, "2026-05-20 10:01") == (3, 0)
    assert all(each.encrypted for each in fake.taken)


def test_a_relay_that_nobody_vouches_for_sees_no_mail_and_no_mail_is_given_up(world, tmp_path):
    tls, _ = self_signed(tmp_path)
    owe(world)

    with relay(tls=tls) as fake:
        world.rt = replace(world.rt, send=sender(Relay(HOST, fake.port, "starttls")))
        assert tick(world) == (0, 0)

    assert fake.taken == []
    assert len(codes(world)) == 3
