"""The parts of the hand-over sheet, each read from where it is kept."""

from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256

from voting.core.letterhead import Kept
from voting.core.permissions import Role
from voting.core.register import official_order
from voting.documents.facts_handover import HandedFile, HandedKey, HandedThing
from voting.ledger.canonical import instant_text as canonical_instant
from voting.ledger.entries import decode_entry
from voting.runtime import Runtime
from voting.services.outcome.result_files import FILES
from voting.services.outcome.versions import FIRST, stored_name, version_in_force
from voting.services.printing.letterheads import letterhead_of
from voting.services.printing.minutes import MINUTES_PDF, next_version
from voting.services.register.member_list import Belonging, member_lines
from voting.services.stages import path
from voting.store import accounts, approvals, assemblies, ledger, papers
from voting.store.assemblies import Case
from voting.store.transaction import Transaction
from voting.wording import JAPAN, KEPT_NAMES, last_moment
from voting.wording.editions import PaperSay

# Sets a sentence in the office's digits; codes, numbers of records and its own words stay as they are.
_Say = Callable[[str], str]

# Kind of an entry -> what was done; every one is told that has a place of its own in an assembly's life.
STEPS = {
    "genesis": "記録の開始",
    "freeze": "規則確定・名簿凍結",
    "issue": "投票用紙の発行",
    "amend": "確定後の変更",
    "close": "締切",
    "tally": "集計",
    "result": "結果の公表",
    "correction": "結果の訂正",
    "incident": "障害の記録",
    "erase": "保存期限による消去",
}
ROLES = {
    Role.ADMINISTRATOR: "事務局管理者",
    Role.ENTRY: "入力担当",
    Role.CHECKER: "確認担当",
    Role.CHAIR: "議長・共同代表",
    Role.AUDITOR: "監事・立会人",
}
ACTS = {
    "freeze": "規則確定・名簿凍結",
    "send": "通知の発送",
    "certify": "認証",
    "correct": "結果の訂正",
    "sign-minutes": "議事録の署名",
    "erase": "保存期限による消去",
}


def steps(tx: Transaction, case: Case, say: _Say, edition: PaperSay) -> tuple[tuple[str, str, str], ...]:
    """What was done, when, and its number in the ledger, in that order."""
    found = (decode_entry(each.entry) for each in ledger.entries(tx, case.id))
    return tuple(
        (edition.term(STEPS[each.kind]), say(edition.minute(each.time)), str(each.index))
        for each in found
        if each.kind in STEPS
    )


def unfinished(tx: Transaction, case: Case, edition: PaperSay, *, now: datetime) -> tuple[str, ...]:
    """What the successor has to go on with."""
    asked = approvals.waiting(tx, now=canonical_instant(now), assembly=case.id)
    lines = [
        edition.says(
            "承認待ち　{act}(申請 {request})",
            act=edition.term(ACTS[each.act]) if each.act in ACTS else each.act,
            request=each.id,
        )
        for each in asked
    ]
    waiting = papers.undisposed(tx, case.id)
    if waiting:
        serials = "、".join(waiting)
        lines.append(edition.says("二人の入力が済んでいない紙　{serials}", serials=serials))
    if case.result_index is None:
        lines.append(edition.term("結果は、まだ公表していません。"))
    elif next_version(tx, case) == FIRST:
        lines.append(edition.term("議事録は、まだ署名していません。"))
    return tuple(lines)


def files(tx: Transaction, case: Case, say: _Say, edition: PaperSay) -> tuple[HandedFile, ...]:
    """Papers of the motions, then every version of the result and of the minutes."""
    docket = case.docket
    found = [HandedFile(edition.term("総会の資料"), each.name, each.sha256) for each in docket.documents]
    found += [
        HandedFile(say(edition.motion(motion.number)), each.name, each.sha256)
        for motion in docket.motions
        for each in motion.documents
    ]
    return (*found, *_published(tx, case, say, edition))


def _published(tx: Transaction, case: Case, say: _Say, edition: PaperSay) -> Iterator[HandedFile]:
    for version in range(FIRST, version_in_force(tx, case) + 1):
        of = say(edition.says("結果(第{version}版)", version=version))
        for name in FILES:
            yield from _kept(tx, case, of, stored_name(name, version))
    for version in range(FIRST, next_version(tx, case)):
        of = say(edition.says("議事録(第{version}版)", version=version))
        yield from _kept(tx, case, of, stored_name(MINUTES_PDF, version))


def _kept(tx: Transaction, case: Case, of: str, name: str) -> Iterator[HandedFile]:
    content = assemblies.published(tx, case.id, name)
    if content is not None:
        yield HandedFile(of, name, sha256(content).hexdigest())


def record(rt: Runtime, case: Case, edition: PaperSay) -> tuple[str, ...]:
    """Name, key and newest checkpoint of the ledger."""
    note = rt.anchors.read(case.origin).decode()
    return (
        edition.says("記録の名称　{origin}", origin=case.origin),
        edition.says("検証鍵　{key}", key=case.vkey),
        edition.term("チェックポイント"),
        *note.split("\n")[:3],
    )


def keys(rt: Runtime, case: Case, say: _Say, edition: PaperSay) -> tuple[HandedKey, ...]:
    """The certificates of those who sign, valid or not."""
    return tuple(
        HandedKey(
            signer=each.signer,
            name=each.name,
            until=say(edition.letter_date(each.certificate.not_valid_after_utc.astimezone(JAPAN).date())),
            fingerprint=each.certificate.fingerprint(SHA256()).hex(),
        )
        for each in rt.paper_keys.everything(case.body)
    )


def officers(tx: Transaction, edition: PaperSay) -> tuple[tuple[str, str, str], ...]:
    """Everybody who can sign in: name, role, account."""
    found = (each for each in accounts.accounts(tx) if each.locked_at is None)
    return tuple(
        (each.officer.name, edition.term(ROLES[each.officer.role]), each.officer.id) for each in found
    )


def things(tx: Transaction, case: Case, say: _Say, edition: PaperSay) -> tuple[HandedThing, ...]:
    """What is kept; what the office wrote comes before the default."""
    keeping = letterhead_of(tx, case).keeping
    closed_on = last_moment(case.docket.assembly.schedule).astimezone(JAPAN).date()
    found = []
    for kept in Kept:
        given = keeping.get(kept)
        until = given.until if given and given.until else say(edition.kept_until(kept, closed_on=closed_on))
        found.append(
            HandedThing(
                edition.term(KEPT_NAMES[kept]),
                given.where if given else "",
                given.who if given else "",
                until,
            )
        )
    return tuple(found)


def contacts(
    tx: Transaction, case: Case, edition: PaperSay, *, now: datetime
) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """How many of today's members have an address found right within a year, and who has none such."""
    lines = [each for each in member_lines(tx, case.body, now=now) if each.belonging is Belonging.MEMBER]
    old = sorted((each for each in lines if each.is_old), key=lambda each: official_order(each.member))
    said = edition.says(
        "現在の会員{members}のうち、12か月以内に連絡先を確かめたもの {sound}、それより古いもの {old}",
        members=edition.members(len(lines)),
        sound=edition.members(len(lines) - len(old)),
        old=edition.members(len(old)),
    )
    listed = tuple((each.member.member_id, each.member.name, _day(each.contact_at, edition)) for each in old)
    return said, listed


def _day(at: datetime | None, edition: PaperSay) -> str:
    return "" if at is None else edition.letter_date(at.astimezone(JAPAN).date())


def commands(case: Case, edition: PaperSay) -> tuple[str, ...]:
    """What is typed to check the ledger, the result and a receipt."""
    name = path(case).replace("/", "-")
    return (
        f"voting export {path(case)} --out {name}.zip",
        f"voting verify {name}.zip --key '{case.vkey}'",
        f"voting verify-receipt {edition.term('受付票.tlog-proof')} --key '{case.vkey}'",
        f"voting keys list {case.body}",
    )
