"""Frauds on single votes: turned, dropped, added, doubled, dated back."""

from dataclasses import replace

from tests.frauds.battery import fraud
from tests.frauds.looking import Loot, Party
from tests.frauds.stage import DONE, WITNESSED, Stage, mail_to, with_receipt
from tests.verify.conftest import AGAINST
from tests.verify.forge import Forge, Json
from tests.world import ALL_FOR
from voting.ledger.receipt_file import BallotOpening, MemberOpening

PUBLIC, MEMBER, MAIL = Party.PUBLIC, Party.MEMBER, Party.MAIL
KEEPER, WITNESS = Party.KEEPER, Party.WITNESS
FOR = {"1": "for", "2": "for"}
BEFORE_CLOSE = "2026-06-10T03:00:00.000Z"


@fraud(
    "flip a vote and sign everything again",
    "票を書き換え全体に再署名",
    {PUBLIC: {18}, MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
)
def flip(stage: Stage) -> Loot:
    """M0002's votes against become votes for; the operator has no code of its."""
    stage.operator.turn_round("M0002", FOR, key=None)
    return with_receipt(stage.finish(), stage, "M0002")


@fraud(
    "flip a vote with a code it kept (K0)",
    "保持していたコードで票を書換え(K0)",
    {MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
    remark=(
        "K0のコードはサービスが作るため、一式だけでは分からない",
        "nothing in the bundle alone: at K0 the service made the code",
    ),
)
def flip_with_code(stage: Stage) -> Loot:
    stage.operator.turn_round("M0002", FOR, key=stage.operator.kept_key("M0002"))
    return with_receipt(stage.finish(), stage, "M0002")


@fraud(
    "the same in an assembly that has a witness",
    "同上。立会人のいる総会で",
    {PUBLIC: {5}, MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
    moment=WITNESSED,
    remark=(
        "立会人は書き換えた記録に連署しない。結果には連署が要る",
        "a witness does not cosign a rewritten log, and the result needs its cosignature",
    ),
)
def flip_before_a_witness(stage: Stage) -> Loot:
    stage.operator.turn_round("M0002", FOR, key=stage.operator.kept_key("M0002"))
    return with_receipt(stage.finish(), stage, "M0002")


@fraud(
    "record another choice than the member sent, and show it the one it sent",
    "送信と違う選択を記録し控えを偽る",
    {MEMBER: {9}},
    remark=(
        "真の受付票は記録のとおりを述べる。会員が読んで確かめる",
        "the true receipt says what was recorded: the member has to read it",
    ),
)
def flip_in_flight(stage: Stage) -> Loot:
    receipt = stage.world.cast("M0007", ALL_FOR)
    opening = receipt.opening
    if opening is None:
        raise AssertionError("a ballot has an opening")
    ballot = {**opening.ballot, "choices": {"1": "against", "2": "for"}}
    shown = replace(receipt, opening=BallotOpening(ballot, opening.salt), words={"1": "反対", "2": "賛成"})
    loot = stage.finish()
    return replace(loot, receipts=(shown,))


@fraud(
    "delete a vote and renumber",
    "票を消し番号を詰める",
    {MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
    remark=(
        "受付票のない会員には証拠がない。受付票を保管すること",
        "a member without receipt has no proof: receipts are to be kept",
    ),
)
def delete(stage: Stage) -> Loot:
    index = stage.operator.index_of("M0005")
    stage.operator.rewrite(lambda log: log.remove(index))
    return with_receipt(stage.finish(), stage, "M0005")


@fraud(
    "take no vote at all, and give no receipt",
    "票を受け取らず受付票も出さない",
    {},
    remark=(
        "受付票がなければ投票は済んでいない。もう一度送るか書面で送る",
        "whoever has no receipt has not voted: vote again, or by paper (ledger L9)",
    ),
)
def suppress(stage: Stage) -> Loot:
    return stage.finish()


@fraud(
    "add a ballot for a silent member",
    "未提出会員の票を加える",
    {
        PUBLIC: {18},
    },
)
def stuff(stage: Stage) -> Loot:
    stage.operator.stuff("M0007", "M0004", index=_end(stage), received_at=BEFORE_CLOSE)
    return stage.finish()


@fraud(
    "add a ballot for a silent member with a code it kept (K0)",
    "保持していたコードで未提出会員の票を加える(K0)",
    {MAIL: set()},
    remark=(
        "気付くのは本人だけ。届いた受付のメール、又は提出の有無の照会による",
        "found by that member alone: by the mail of its receipt, or by asking whether it voted",
    ),
)
def stuff_with_code(stage: Stage) -> Loot:
    stage.world.cast("M0007", AGAINST)
    loot = stage.finish()
    return replace(loot, mail=mail_to(stage, "M0007"))


@fraud(
    "keep the older of two votes, by dropping the newer",
    "新しい票を消して古い票を残す",
    {MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
)
def keep_older(stage: Stage) -> Loot:
    index = stage.operator.index_of("M0001")
    stage.operator.rewrite(lambda log: log.remove(index))
    return with_receipt(stage.finish(), stage, "M0001")


@fraud(
    "count the older of two votes",
    "古い票を集計する",
    {PUBLIC: {23}, KEEPER: {9}, WITNESS: set()},
    moment=DONE,
)
def count_older(stage: Stage) -> Loot:
    """M0001's first vote was for: the result is the count in which it stands."""

    def act(forge: Forge) -> None:
        other = forge.copy()
        newer = next(each for each in other.of_kind("ballot") if each["body"]["replaces"] is not None)
        older = newer["body"]["replaces"]
        choices = next(e["ballot"]["choices"] for e in other.lines("openings.jsonl") if e["index"] == older)
        turn(other, newer["index"], choices)
        other.recount()
        forge.publish(other.files["result.json"])

    return stage.doctored(act)


@fraud(
    "record a member's old vote once more after it changed its mind",
    "変更前の票をもう一度記録する",
    {PUBLIC: {17}, KEEPER: {9}, WITNESS: set()},
    moment=DONE,
)
def replay(stage: Stage) -> Loot:
    """M0001's first ballot stands once more behind its second."""

    def act(forge: Forge) -> None:
        second = next(each for each in forge.of_kind("ballot") if each["body"]["replaces"] is not None)
        first, at = forge.entries[second["body"]["replaces"]], forge.of_kind("close")[0]["index"]
        opening = next(e for e in forge.lines("openings.jsonl") if e["index"] == first["index"])
        body = {**first["body"], "sequence": 3, "replaces": second["index"], "received_at": BEFORE_CLOSE}
        forge.insert(at, "ballot", body, time=BEFORE_CLOSE)
        forge.change("openings.jsonl", lambda lines: _put(lines, {**opening, "index": at}))
        forge.recount()

    return stage.doctored(act)


@fraud(
    "date a late vote back",
    "期限後の票の受付時刻を戻す",
    {PUBLIC: {11, 20}, MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
    moment=DONE,
)
def back_date(stage: Stage) -> Loot:
    """The refused vote stands where it stood, as one of the last day."""
    return with_receipt(stage.doctored(lambda forge: _accept(forge, BEFORE_CLOSE)), stage, "M0006")


@fraud(
    "date a late vote back and move it before the close",
    "期限後の票を締切前に移す",
    {MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
    moment=DONE,
    remark=(
        "会員も加担している。締切後に渡された控え、又はタイムスタンプだけが示す",
        "the member is in league: only what was given out after the close, or a time-stamp, shows it",
    ),
)
def back_date_and_move(stage: Stage) -> Loot:
    """M0006 votes after it has seen the others; the log is written anew around its vote."""

    def act(forge: Forge) -> None:
        late = forge.of_kind("refused")[0]
        opening = next(e for e in forge.lines("openings.jsonl") if e["index"] == late["index"])
        forge.change("openings.jsonl", lambda lines: lines.remove(opening))
        forge.remove(late["index"])
        close = forge.of_kind("close")[0]
        at = close["index"]
        forge.insert(at, "ballot", _accepted(late["body"], BEFORE_CLOSE), time=BEFORE_CLOSE)
        forge.change("openings.jsonl", lambda lines: _put(lines, {**opening, "index": at}))
        close["body"]["members"] += 1
        close["body"]["votes"] = str(int(close["body"]["votes"]) + 1)
        forge.recount()

    return with_receipt(stage.doctored(act), stage, "M0006")


@fraud(
    "accept a vote that came too late",
    "期限後の票を受理する",
    {PUBLIC: {11, 20, 25}, MEMBER: {9}, KEEPER: {9}, WITNESS: set()},
    moment=DONE,
)
def accept_late(stage: Stage) -> Loot:
    return with_receipt(stage.doctored(lambda forge: _accept(forge, None)), stage, "M0006")


@fraud(
    "give two members the same receipt",
    "二人に同じ受付票を渡す",
    {MEMBER: {9}},
    remark=(
        "受付票には会員番号がある。他人の番号を読むか、偽の受付票が退けられる",
        "the receipt names its member: the second one reads another's number, or a false one is refused",
    ),
)
def same_receipt(stage: Stage) -> Loot:
    """M0007 votes as M0004 did, gets M0004's receipt with its own number on it, and is never recorded."""
    receipt = stage.receipts["M0004"]
    if receipt.member is None:
        raise AssertionError("a receipt names its member")
    false = replace(receipt, member=MemberOpening("M0007", "架空7町", receipt.member.salt))
    return replace(stage.finish(), receipts=(false,))


def turn(forge: Forge, index: int, choices: Json) -> None:
    """Let the vote at *index* open to *choices*, and commit to it anew."""
    forge.change(
        "openings.jsonl",
        lambda lines: [each["ballot"].update(choices=choices) for each in lines if each["index"] == index],
    )
    forge.recommit(index)


def _accept(forge: Forge, received_at: str | None) -> None:
    """The refused vote becomes a ballot where it stands."""
    late = forge.of_kind("refused")[0]
    late["kind"] = "ballot"
    late["body"] = _accepted(late["body"], received_at or late["body"]["received_at"])
    forge.recount()


def _accepted(body: Json, received_at: str) -> Json:
    kept = {name: value for name, value in body.items() if name != "reason"}
    return {**kept, "received_at": received_at, "sequence": 1, "replaces": None}


def _put(lines: list[Json], line: Json) -> None:
    lines.append(line)
    lines.sort(key=lambda each: int(each["index"]))


def _end(stage: Stage) -> int:
    """The index that comes next."""
    (last,) = stage.operator.sql("SELECT max(idx) FROM ledger_entry")[0]
    return int(str(last)) + 1
