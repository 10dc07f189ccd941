"""Frauds on the log as a whole, on paper, on officers, and on what is erased."""

import shutil
from dataclasses import replace
from hashlib import sha256

from tests.frauds.battery import fraud
from tests.frauds.stage import DONE, Loot, Party, Stage, caught, close_of, mail_to, with_receipt
from tests.verify.attacks import PERSONS, new_key_everywhere
from tests.verify.conftest import AGAINST
from tests.verify.forge import Forge, Json
from tests.world import ALL_FOR
from voting.core.permissions import Role
from voting.ledger.canonical import encode
from voting.services.papers import Sheet

PUBLIC, MEMBER, MAIL, SERVICE = Party.PUBLIC, Party.MEMBER, Party.MAIL, Party.SERVICE
KEEPER, WITNESS, AUDITOR = Party.KEEPER, Party.WITNESS, Party.AUDITOR
_PAST = {KEEPER: {9}, WITNESS: set[int]()}
_AN_HOUR_BEFORE = "2026-06-10T14:00:00.000Z"


@fraud("show two members two different logs", "会員ごとに別の記録を見せる", {MEMBER: {9}, **_PAST})
def fork(stage: Stage) -> Loot:
    """M0007's vote and receipt stand in a log that is then thrown away; the other one is published."""
    here = stage.operator.database.parent
    shutil.copytree(here, here.with_name("other"))
    receipt = stage.world.cast("M0007", ALL_FOR)
    seen = receipt.checkpoint
    stage.world.rt.database.close()
    shutil.rmtree(here)
    here.with_name("other").rename(here)
    other = stage.reopened(here)
    other.world.cast("M0008", ALL_FOR)
    return replace(other.finish(), receipts=(receipt,), kept=seen)


@fraud(
    "restore an old backup and go on",
    "古い控えに戻して続ける",
    {SERVICE: set()},
)
def restore(stage: Stage) -> Loot:
    """The database alone is turned back: the anchor beside it remembers."""
    index = stage.operator.index_of("M0005")
    anchor = stage.kept
    stage.operator.rewrite(lambda log: log.remove(index))
    stage.world.rt.anchors.swap(stage.world.origin, anchor)
    return caught(stage.finish)


@fraud(
    "restore an old backup and turn back the anchor too",
    "控えとアンカーの両方を戻す",
    {MEMBER: {9}, **_PAST},
)
def restore_both(stage: Stage) -> Loot:
    index = stage.operator.index_of("M0005")
    stage.operator.rewrite(lambda log: log.remove(index))
    return with_receipt(stage.finish(), stage, "M0005")


@fraud(
    "cut the end off the published log",
    "公表する記録の末尾を切る",
    {PUBLIC: {11, 24}, **_PAST},
    moment=DONE,
)
def truncate(stage: Stage) -> Loot:
    """Everything from the tally on."""

    def act(forge: Forge) -> None:
        del forge.entries[forge.of_kind("tally")[0]["index"] :]
        forge.sizes = [size for size in forge.sizes if size <= len(forge.entries)]

    return stage.doctored(act)


@fraud(
    "hide the last entry",
    "最後の記録を隠す",
    {PUBLIC: {24}, **_PAST},
    moment=DONE,
    remark="an auditor's bundle before the certification looks so: it says `not certified yet`",
)
def hide_last(stage: Stage) -> Loot:
    """The certified result, as if it had not been certified."""

    def act(forge: Forge) -> None:
        forge.put_papers([])
        forge.remove(len(forge.entries) - 1)

    return stage.doctored(act)


@fraud(
    "sign everything again with a new key",
    "新しい鍵で全体に署名し直す",
    {PUBLIC: {2, 3, 4}, **_PAST},
    moment=DONE,
    remark="the key comes from the notice, never from the bundle",
)
def new_key(stage: Stage) -> Loot:
    return stage.doctored(new_key_everywhere)


@fraud("close early", "期限前に締め切る", {PUBLIC: {11, 20}, **_PAST}, moment=DONE)
def close_early(stage: Stage) -> Loot:
    return stage.doctored(lambda forge: forge.body("close").update(closes_at=_AN_HOUR_BEFORE))


@fraud(
    "put the server's clock forward, so that votes in time are late",
    "サーバーの時計を進めて締め切る",
    {},
    remark="each refused member holds a receipt with an hour that was not; time-stamps (6) fix the hour",
)
def clock_forward(stage: Stage) -> Loot:
    """It is noon of the last day, and the server says that it is after midnight."""
    stage.world.at("2026-06-11 00:01")
    receipt = stage.world.cast("M0007", AGAINST)
    return replace(stage.finish(), receipts=(receipt,))


@fraud(
    "enter a paper that never arrived",
    "届いていない書面を入力する",
    {PUBLIC: {11, 19}, **_PAST},
    moment=DONE,
)
def paper_from_nowhere(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        member = forge.lines("deemed.jsonl")[0]["member"]
        paper = next(each for each in forge.of_kind("ballot") if each["body"]["level"] == "KP")
        opening = next(e for e in forge.lines("openings.jsonl") if e["index"] == paper["index"])
        at = close_of(forge)
        body = {**paper["body"], "member": member, "sequence": 1, "replaces": None, "paper": 2}
        forge.insert(at, "ballot", body)
        line = {**opening, "index": at, "ballot": {**opening["ballot"], "member": member}, "salt": "66" * 32}
        forge.change("openings.jsonl", lambda lines: _put(lines, line))
        forge.recommit(at)
        forge.body("close")["members"] += 1
        forge.body("close")["votes"] = str(int(forge.body("close")["votes"]) + 1)
        forge.recount()

    return stage.doctored(act)


@fraud(
    "invent a paper with its arrival and two readers in league",
    "到着記録と二人の入力者を揃えて書面を捏造する",
    {MAIL: set()},
    remark="found by that member, and by whoever asks for the sheet: its scan's hash stands in the log",
)
def invented_paper(stage: Stage) -> Loot:
    world, sheet = stage.world, Sheet("M0007", ALL_FOR)
    world.paper("M0007", serial="F-9", arrived="2026-06-10 11:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-9", sheet, by=role)
    return replace(stage.finish(), mail=mail_to(stage, "M0007"))


@fraud("let one person read a paper twice", "一人で二度入力する", {SERVICE: set()})
def same_reader(stage: Stage) -> Loot:
    stage.world.paper("M0007", serial="F-9", arrived="2026-06-10 11:00")
    sheet = Sheet("M0007", ALL_FOR)
    stage.world.enter("F-9", sheet, by=Role.ENTRY)
    return caught(lambda: stage.world.enter("F-9", sheet, by=Role.ENTRY))


@fraud(
    "write one person down as both readers",
    "一人を二人の入力者として記録する",
    {PUBLIC: {11, 19}, **_PAST},
    moment=DONE,
)
def one_reader(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        body = next(each["body"] for each in forge.of_kind("ballot") if each["body"]["level"] == "KP")
        one, two = body["entered_by"]
        body["entered_by"] = [one, one]
        forge.change(PERSONS, lambda lines: _drop_idle(forge, lines, two))

    return stage.doctored(act)


@fraud(
    "let one person approve twice, under two salts",
    "一人が別の値で二度承認する",
    {AUDITOR: {19}, **_PAST},
    moment=DONE,
)
def two_faces(stage: Stage) -> Loot:
    """Of the two readers of the paper the second is the first once more; the public sees two commitments."""
    loot, people = stage.publish(), Forge.of(stage.publish().auditor or b"", stage.signer).lines(PERSONS)

    def act(forge: Forge) -> None:
        body = next(each["body"] for each in forge.of_kind("ballot") if each["body"]["level"] == "KP")
        one, two = body["entered_by"]
        person = next(each["person"] for each in people if each["pc"] == one)
        pc = sha256(b"voting/person/v1\0" + bytes.fromhex("22" * 32) + b"\0" + encode(person)).hexdigest()
        body["entered_by"] = [one, pc]
        is_open = forge.audience == "auditor"
        line: Json = {"person": person, "salt": "22" * 32} if is_open else {"role": person["role"]}
        forge.change(PERSONS, lambda lines: _drop_idle(forge, lines, two))
        forge.change(PERSONS, lambda lines: _by_pc(lines, {"pc": pc, **line}))

    return replace(stage.doctored(act), kept=loot.kept)


@fraud(
    "let one person approve twice, with two accounts",
    "一人が二つのアカウントで承認する",
    {},
    moment=DONE,
    remark="an auditor's bundle names the officers: whoever knows them sees a name that is nobody's",
)
def two_accounts(stage: Stage) -> Loot:
    return stage.publish()


@fraud("delete openings", "票の中身を消す", {PUBLIC: {17, 23, 27}}, moment=DONE)
def delete_openings(stage: Stage) -> Loot:
    return stage.doctored(_delete_two)


@fraud(
    "delete openings and call it retention",
    "票の中身を消し保存期間満了と記録する",
    {PUBLIC: {17, 21, 22, 23, 25}},
    moment=DONE,
    remark="the bundle passes as *erased*, never as verified; whoever has the bundle of before has the votes",
)
def erase(stage: Stage) -> Loot:
    """Nothing fails; the five checks that would need them are reported as incomplete, with the rule."""

    def act(forge: Forge) -> None:
        _delete_two(forge)
        rule = {"records": 2, "root": "0f" * 32, "rule": "文書管理規程第8条"}
        forge.insert(len(forge.entries), "erase", rule)

    return stage.doctored(act)


@fraud(
    "read the votes before the close",
    "締切前に票の中身を見る",
    {},
    remark="nobody sees who reads the database; by the program it is a privileged act that the log shows",
)
def peek(stage: Stage) -> Loot:
    stage.operator.sql("SELECT opening FROM submission")
    return stage.finish()


def _delete_two(forge: Forge) -> None:
    forge.change("openings.jsonl", lambda lines: lines.__delitem__(slice(0, 2)))


def _drop_idle(forge: Forge, lines: list[Json], pc: str) -> None:
    """Take an officer off the list who acts nowhere any more."""
    if not any(pc.encode() in encode(entry["body"]) for entry in forge.entries):
        lines[:] = [each for each in lines if each["pc"] != pc]


def _by_pc(lines: list[Json], line: Json) -> None:
    lines.append(line)
    lines.sort(key=lambda each: str(each["pc"]))


def _put(lines: list[Json], line: Json) -> None:
    lines.append(line)
    lines.sort(key=lambda each: int(each["index"]))
