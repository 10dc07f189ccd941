"""Frauds on what was fixed before anybody voted: rules, texts, roll, weights, and the result itself."""

import json
from hashlib import sha256

from tests.frauds.battery import Guard, fraud
from tests.frauds.looking import Loot, Party, caught
from tests.frauds.stage import DONE, Stage, close_of, start_anew, with_receipt
from tests.verify.attacks import ROLL, other_rules_beside
from tests.verify.forge import Forge, Json, small_pdf
from voting.ledger.canonical import encode
from voting.ledger.commitments import leaves_root
from voting.store import assemblies
from voting.store.assemblies import Case
from voting.store.transaction import Transaction

PUBLIC, MEMBER, SERVICE = Party.PUBLIC, Party.MEMBER, Party.SERVICE
KEEPER, WITNESS, AUDITOR = Party.KEEPER, Party.WITNESS, Party.AUDITOR
_PAST = {KEEPER: {9}, WITNESS: set[int]()}
_AGREEMENT = Guard("voting.services.outcome.closing.require_agreement")


@fraud(
    "change a weight in the database",
    "データベースで票数を書き換える",
    {SERVICE: set()},
    guards=(_AGREEMENT,),
    behind={PUBLIC: {14}},
)
def heavier_in_tables(stage: Stage) -> Loot:
    stage.operator.sql("UPDATE roll_entry SET votes = 5000000 WHERE member_id = 'M0004'")
    return _refused(stage)


@fraud(
    "swap two weights on the published roll",
    "公表名簿の票数を入れ替える",
    {PUBLIC: {14, 16, 21, 22, 23}},
    moment=DONE,
)
def swap_weights(stage: Stage) -> Loot:
    return stage.doctored(_swap_weights)


@fraud(
    "swap two weights and freeze the roll anew",
    "票数を入れ替え名簿を確定し直す",
    {PUBLIC: {17}, MEMBER: {9}, **_PAST},
    moment=DONE,
    remark=(
        "票は確定の記録を名指す。全票を封じ直せば18番",
        "every ballot names the freeze: with all votes committed anew it is 18",
    ),
)
def swap_weights_everywhere(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        _swap_weights(forge)
        _freeze_roll(forge)
        votes = {line["member"]: int(line["votes"]) for line in forge.lines(ROLL)}
        voted = {entry["body"]["member"] for entry in forge.of_kind("ballot")}
        forge.body("close")["votes"] = str(sum(votes[each] for each in voted))
        forge.recount()

    return with_receipt(stage.doctored(act), stage, "M0002")


@fraud(
    "put a ghost on the roll after the opening",
    "開始後に架空の会員を名簿に加える",
    {PUBLIC: {17}, MEMBER: {9}, AUDITOR: {15, 27}, **_PAST},
    moment=DONE,
)
def ghost(stage: Stage) -> Loot:
    """It is silent, and silence counts as agreement."""

    def act(forge: Forge) -> None:
        line = {"category": "", "member": "0f" * 32, "votes": "1"}
        forge.change(ROLL, lambda lines: (lines.append(line), lines.sort(key=lambda e: str(e["member"]))))
        _freeze_roll(forge)
        forge.recount()

    return with_receipt(stage.doctored(act), stage, "M0002")


@fraud(
    "put a ghost on the roll before it is frozen",
    "確定前に架空の会員を名簿に加える",
    {},
    moment=DONE,
    remark=(
        "名簿は二人が承認し、監事が会員名を読み、会員が番号と票数を確かめる",
        "two officers approve the roll, auditors read its names, members compare number and weight",
    ),
)
def ghost_before_freeze(stage: Stage) -> Loot:
    """What M0008 is: a member that nobody has ever met, on the roll that two officers have frozen."""
    return stage.publish()


@fraud(
    "deem a member that had answered",
    "回答した会員をみなし賛成にする",
    {PUBLIC: {22}, **_PAST},
    moment=DONE,
)
def deemed(stage: Stage) -> Loot:
    """M0005's ballot stays in the log, and it is counted among the silent."""

    def act(forge: Forge) -> None:
        member = forge.of_kind("ballot")[-1]["body"]["member"]
        line = {"member": member}
        forge.change(
            "deemed.jsonl", lambda lines: (lines.append(line), lines.sort(key=lambda e: str(e["member"])))
        )
        members = [each["member"] for each in forge.lines("deemed.jsonl")]
        root = leaves_root(bytes.fromhex(each) for each in members).hex()
        forge.body("deemed").update(members=len(members), votes=str(len(members)), root=root)

    return stage.doctored(act)


@fraud(
    "change the rules in the database",
    "データベースで規則を書き換える",
    {SERVICE: set()},
    guards=(_AGREEMENT,),
    behind={PUBLIC: {23}},
)
def rules_in_tables(stage: Stage) -> Loot:
    docket = json.loads(str(stage.operator.sql("SELECT docket FROM assembly")[0][0]))
    docket["rules"]["blank"] = "against"
    stage.operator.sql("UPDATE assembly SET docket = ?", encode(docket).decode())
    # A program that goes on would count by what it remembers of the frozen docket.
    start_anew()
    return _refused(stage)


@fraud(
    "change the threshold in the published docket",
    "公表議案書の可決要件を変える",
    {PUBLIC: {12}},
    moment=DONE,
)
def threshold(stage: Stage) -> Loot:
    return stage.doctored(lambda forge: forge.edit("docket.json", _a_tenth))


@fraud(
    "change the threshold and freeze the docket anew",
    "可決要件を変え議案書を確定し直す",
    {PUBLIC: {17}, MEMBER: {9}, **_PAST},
    moment=DONE,
)
def threshold_everywhere(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        forge.edit("docket.json", _a_tenth)
        forge.body("freeze")["docket_sha256"] = sha256(forge.files["docket.json"]).hexdigest()
        forge.recount()

    return with_receipt(stage.doctored(act), stage, "M0002")


@fraud(
    "bring another rule under the name of a longer period",
    "期間の変更と称して規則を変える",
    {PUBLIC: {26}, **_PAST},
    moment=DONE,
)
def rules_beside(stage: Stage) -> Loot:
    return stage.doctored(lambda forge: other_rules_beside(forge, at=close_of(forge)))


@fraud("exchange a document behind its name", "議案書類の中身を差し替える", {PUBLIC: {13}}, moment=DONE)
def document(stage: Stage) -> Loot:
    """In the database; the real export hands it out."""
    stage.operator.sql("UPDATE document SET content = ?", b"%PDF-1.7 two")
    return stage.publish()


@fraud(
    "exchange a document and name it in the docket", "書類を差し替え議案書も直す", {PUBLIC: {12}}, moment=DONE
)
def document_and_docket(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        old = next(path for path in forge.files if path.startswith("documents/"))
        digest = sha256(b"%PDF-1.7 two").hexdigest()
        del forge.files[old]
        forge.files[f"documents/{digest}"] = b"%PDF-1.7 two"
        forge.files["docket.json"] = forge.files["docket.json"].replace(
            old.removeprefix("documents/").encode(), digest.encode()
        )

    return stage.doctored(act)


@fraud(
    "move votes from one side to the other in the result",
    "結果の賛否の数を入れ替える",
    {PUBLIC: {23}, **_PAST},
    moment=DONE,
)
def moved(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        result = json.loads(forge.files["result.json"])
        sides = result["motions"][0]
        sides["for"], sides["against"] = sides["against"], sides["for"]
        forge.publish(encode(result))

    return stage.doctored(act)


@fraud("doctor the result's PDF", "結果PDFを改ざんする", {PUBLIC: {24}}, moment=DONE)
def doctored_pdf(stage: Stage) -> Loot:
    def act(forge: Forge) -> None:
        path = next(path for path in forge.files if path.startswith("result/"))
        forge.files[path] += b"\n% another page\n"

    return stage.doctored(act)


def _whatever_is_stored(tx: Transaction, case: Case, _: object) -> list[tuple[str, bytes]]:
    return [("result.pdf", assemblies.published(tx, case.id, "result.pdf") or b"")]


@fraud(
    "doctor the result's PDF in the database",
    "データベースで結果PDFを改ざんする",
    {SERVICE: set()},
    moment=DONE,
    guards=(Guard("voting.services.proof.export._papers", _whatever_is_stored),),
    behind={PUBLIC: {24}},
)
def doctored_in_tables(stage: Stage) -> Loot:
    stage.operator.sql("UPDATE publication SET content = ? WHERE name = 'result.pdf'", small_pdf(b"{}"))
    return caught(stage.publish)


@fraud(
    "let a PDF carry the true result and print another",
    "埋込みは真の結果、紙面は偽のPDF",
    _PAST,
    moment=DONE,
    remark=(
        "議長と監事は読んだものを認証する。`voting verify` が比べるための数を印字する",
        "chair and auditor certify what they read; `voting verify` prints the numbers to compare",
    ),
)
def lying_pdf(stage: Stage) -> Loot:
    """The page is for people: no check reads it.  Here it is another page around the same result.json."""
    return stage.doctored(lambda forge: forge.put_papers([small_pdf(forge.files["result.json"])]))


def _refused(stage: Stage) -> Loot:
    """What an honest program says when it is to count from such tables."""
    return caught(stage.finish)


def _swap_weights(forge: Forge) -> None:
    """The member with two votes, which voted, and a silent one."""
    silent = forge.lines("deemed.jsonl")[0]["member"]

    def act(lines: list[Json]) -> None:
        heavy = next(line for line in lines if line["votes"] == "2")
        light = next(line for line in lines if line["member"] == silent)
        heavy["votes"], light["votes"] = light["votes"], heavy["votes"]

    forge.change(ROLL, act)


def _freeze_roll(forge: Forge) -> None:
    lines = forge.files[ROLL].splitlines()
    votes = sum(int(json.loads(line)["votes"]) for line in lines)
    roll = {"members": len(lines), "root": leaves_root(lines).hex(), "votes": str(votes)}
    forge.body("freeze")["roll"] = roll


def _a_tenth(docket: Json) -> None:
    (test, *_) = docket["rules"]["requires"]
    test.update(fraction="1/10")
