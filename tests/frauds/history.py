"""Frauds on the log as a whole, on the clock, and on what is erased."""

import shutil
from dataclasses import replace

from tests.frauds.battery import Guard, fraud
from tests.frauds.looking import Loot, Party, caught
from tests.frauds.stage import DONE, Stage, with_receipt
from tests.verify.attacks import new_key_everywhere
from tests.verify.conftest import AGAINST
from tests.verify.forge import Forge
from tests.world import ALL_FOR
from voting.services.proof import contradictions

PUBLIC, MEMBER, SERVICE = Party.PUBLIC, Party.MEMBER, Party.SERVICE
KEEPER, WITNESS = Party.KEEPER, Party.WITNESS
_PAST = {KEEPER: {9}, WITNESS: set[int]()}
_RECORDING = "voting.services.recording"
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
    guards=(Guard(f"{_RECORDING}.require_not_behind"), Guard(f"{_RECORDING}._require_prefix")),
    behind={MEMBER: {9}, **_PAST},
)
def restore(stage: Stage) -> Loot:
    """The database alone is turned back: the anchor beside it remembers."""
    anchor = stage.kept
    _turn_back(stage)
    stage.world.rt.anchors.swap(stage.world.origin, anchor)
    return caught(lambda: with_receipt(stage.finish(), stage, "M0005"))


@fraud(
    "restore an old backup and turn back the anchor too",
    "控えとアンカーの両方を戻す",
    {MEMBER: {9}, **_PAST},
)
def restore_both(stage: Stage) -> Loot:
    _turn_back(stage)
    return with_receipt(stage.finish(), stage, "M0005")


@fraud(
    "the same, and somebody brings the checkpoint it was mailed",
    "同上。誰かがメールの控えを持ち込む",
    {SERVICE: set()},
    guards=(Guard("voting.services.proof.contradictions.require_none"),),
    behind={MEMBER: {9}, **_PAST},
    remark=(
        "記録の鍵の署名がある控えは、誰が持ち込んでも受付を止める",
        "what the log's key has signed suspends the assembly, whoever brings it",
    ),
)
def restore_both_and_be_shown(stage: Stage) -> Loot:
    _turn_back(stage)
    contradictions.find(stage.world.rt, stage.world.case, stage.kept)
    return caught(lambda: with_receipt(stage.finish(), stage, "M0005"))


def _turn_back(stage: Stage) -> None:
    """The store as it was before M0005's ballot, and an anchor that fits it."""
    index = stage.operator.index_of("M0005")
    stage.operator.rewrite(lambda log: log.remove(index))


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
    remark=(
        "認証前の監事用の一式と同じ姿。「認証前」と表示される",
        "an auditor's bundle before the certification looks so: it says `not certified yet`",
    ),
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
    remark=(
        "検証鍵は通知から取り、一式からは取らない",
        "the key comes from the notice, never from the bundle",
    ),
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
    remark=(
        "拒まれた会員は、あり得ない時刻の受付票を持つ。タイムスタンプ(6番)が時刻を定める",
        "each refused member holds a receipt with an hour that was not; time-stamps (6) fix the hour",
    ),
)
def clock_forward(stage: Stage) -> Loot:
    """It is noon of the last day, and the server says that it is after midnight."""
    stage.world.at("2026-06-11 00:01")
    receipt = stage.world.cast("M0007", AGAINST)
    return replace(stage.finish(), receipts=(receipt,))


@fraud("delete openings", "票の中身を消す", {PUBLIC: {17, 23, 27}}, moment=DONE)
def delete_openings(stage: Stage) -> Loot:
    return stage.doctored(_delete_two)


@fraud(
    "delete openings and call it retention",
    "票の中身を消し保存期間満了と記録する",
    {PUBLIC: {17, 21, 22, 23, 25}},
    moment=DONE,
    remark=(
        "「検証済み」ではなく「消去あり」となる。前の一式を持つ人は票を持つ",
        "the bundle passes as *erased*, never as verified; whoever has the bundle of before has the votes",
    ),
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
    remark=(
        "データベースを直接読むことは誰にも見えない。プログラムで読めば特権の行為として記録に残る",
        "nobody sees who reads the database; by the program it is a privileged act that the log shows",
    ),
)
def peek(stage: Stage) -> Loot:
    stage.operator.sql("SELECT opening FROM submission")
    return stage.finish()


def _delete_two(forge: Forge) -> None:
    forge.change("openings.jsonl", lambda lines: lines.__delitem__(slice(0, 2)))
