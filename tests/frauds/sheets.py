"""Frauds on paper, and on the officers that read and approve."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from tests.frauds.battery import Guard, fraud
from tests.frauds.looking import Loot, Party, caught
from tests.frauds.stage import DONE, Stage, close_of, mail_to
from tests.verify.attacks import PERSONS
from tests.verify.conftest import AGAINST
from tests.verify.forge import Forge, Json
from tests.world import ALL_FOR
from voting.core.permissions import Act, Role
from voting.ledger.canonical import encode
from voting.services.desk.papers import Sheet
from voting.services.office import approvals
from voting.store import papers
from voting.store.papers import Reading

PUBLIC, MAIL, SERVICE = Party.PUBLIC, Party.MAIL, Party.SERVICE
KEEPER, WITNESS, AUDITOR = Party.KEEPER, Party.WITNESS, Party.AUDITOR
_PAST = {KEEPER: {9}, WITNESS: set[int]()}


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
    remark=(
        "本人が気付く。書面の提示を求めれば分かる(画像のハッシュが記録にある)",
        "found by that member, and by whoever asks for the sheet: its scan's hash stands in the log",
    ),
)
def invented_paper(stage: Stage) -> Loot:
    world, sheet = stage.world, Sheet("M0007", ALL_FOR)
    world.paper("M0007", serial="F-9", arrived="2026-06-10 11:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-9", sheet, by=role)
    return replace(stage.finish(), mail=mail_to(stage, "M0007"))


class _Stranger(str):
    """An account's name that nobody is recognised by."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return False


def _unrecognised(readings: Callable[..., tuple[Reading, ...]]) -> Callable[..., tuple[Reading, ...]]:
    return lambda *given: tuple(replace(e, account=_Stranger(e.account)) for e in readings(*given))


@fraud(
    "let one person read a paper twice",
    "一人で二度入力する",
    {SERVICE: set()},
    guards=(Guard("voting.store.papers.readings", _unrecognised(papers.readings)),),
    behind={PUBLIC: {11, 19}},
)
def same_reader(stage: Stage) -> Loot:
    stage.world.paper("M0007", serial="F-9", arrived="2026-06-10 11:00")
    return caught(lambda: _read_twice(stage))


def _read_twice(stage: Stage) -> Loot:
    for _ in range(2):
        stage.world.enter("F-9", Sheet("M0007", ALL_FOR), by=Role.ENTRY)
    return stage.finish()


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
    remark=(
        "監事用の一式に担当者名がある。知る人には、いない人の名だと分かる",
        "an auditor's bundle names the officers: whoever knows them sees a name that is nobody's",
    ),
)
def two_accounts(stage: Stage) -> Loot:
    return stage.publish()


@fraud(
    "say in the database that a sheet came after the motion was put again",
    "議案の再提出の前に届いた書面を、データベースで後に届いたことにする",
    {SERVICE: set()},
    guards=(Guard("voting.services.outcome.closing.require_agreement"),),
    behind={PUBLIC: {21, 23}},
)
def made_newer(stage: Stage) -> Loot:
    """M0007 answered a text that is gone; the sheet is shown behind the amendment once it is read."""
    _overtaken(stage)
    later = "2026-06-10T03:30:00.000Z"
    stage.operator.sql("UPDATE paper SET idx = 1000, arrived_at = ? WHERE serial = 'F-9'", later)
    stage.operator.sql("UPDATE submission SET received_at = ? WHERE paper_serial = 'F-9'", later)
    return caught(stage.finish)


@fraud(
    "count a sheet that came before the motion was put again",
    "議案の再提出の前に届いた書面を集計する",
    {PUBLIC: {21, 23}},
)
def count_overtaken(stage: Stage) -> Loot:
    """The result is the count in which M0007's sheet answers the new text."""
    _overtaken(stage)
    stage.finish()

    def act(forge: Forge) -> None:
        other = forge.copy()
        sheet = next(each for each in other.of_kind("paper") if each["body"]["serial"] == "F-9")
        ballot = next(e for e in other.of_kind("ballot") if e["body"]["paper"] == sheet["index"])
        ballot["body"] |= {"paper": ballot["index"], "received_at": ballot["time"]}
        other.recount()
        forge.publish(other.files["result.json"])

    return stage.doctored(act)


def _overtaken(stage: Stage) -> None:
    """A sheet that arrives before noon of the last day; at noon the motion is put again; then it is read."""
    world, sheet = stage.world, Sheet("M0007", AGAINST)
    world.paper("M0007", serial="F-9", arrived="2026-06-10 11:00")
    terms = {"kind": "texts", "motion": 2, "title": "予算(修正)について", "reason": "金額の誤り"}
    first, second = world.officer(Role.ADMINISTRATOR), world.officer(Role.CHECKER)
    asked = approvals.request(world.rt, first, world.origin, Act.AMEND, terms=terms)
    approvals.approve(world.rt, second, asked.id)
    world.at("2026-06-10 13:00")
    for role in (Role.ENTRY, Role.CHECKER):
        world.enter("F-9", sheet, by=role)


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
