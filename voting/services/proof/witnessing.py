"""Asking the witnesses that have an address to cosign the newest checkpoint.

Run by ``voting tick``, outside of every promise: a witness that is down, slow or wrong is counted and told
about, and holds up neither a vote nor another witness.  Source: c2sp.org/tlog-witness.
"""

import re
from dataclasses import dataclass, field

from voting.core.errors import Broken, Refusal
from voting.ledger.canonical import LARGEST_INTEGER
from voting.ledger.checkpoint import Checkpoint
from voting.ledger.cosignature import Witness
from voting.ledger.merkle import consistency, root
from voting.ledger.note import NoteFault
from voting.runtime import Runtime
from voting.services.assemblies import everything
from voting.services.proof import contradictions, cosigned
from voting.services.proof.policies import policy_of
from voting.services.recording import require_not_behind, signed_head
from voting.store import ledger
from voting.store.assemblies import Case
from voting.witness.client import SIZE_TYPE, Answer, held_path
from voting.witness.errors import Unreachable
from voting.witness.judging import Submission, format_submission, stated

_SIZE = re.compile(rb"(0|[1-9][0-9]{0,15})\n")


@dataclass(slots=True)
class Asked:
    """What the witnesses answered.

    Shape   ``failures``: one sentence each.  ``contradicted``: assemblies suspended because a witness has
            shown a checkpoint that we signed and do not hold.  ``faults``: logs that no witness was asked
            about, by origin, because they do not stand themselves.
    """

    cosigned: int = 0
    failures: list[str] = field(default_factory=list)
    contradicted: list[str] = field(default_factory=list)
    faults: list[tuple[str, Broken | Refusal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Asking:
    """One witness asked about one log.  Shape: ``leaves`` are those of the newest checkpoint."""

    rt: Runtime
    case: Case
    witness: Witness
    url: str
    newest: Checkpoint
    note: bytes
    leaves: list[bytes]

    def send(self, old: int) -> Answer:
        proof = consistency(self.leaves, old, self.newest.size)
        body = format_submission(Submission(old, proof, self.note))
        return self.rt.ask(f"{self.url}/add-checkpoint", body)


def ask_all(rt: Runtime) -> Asked:
    """Ask every witness about every log that goes on, or has grown since it last signed."""
    asked, down = Asked(), set[str]()
    for case in everything(rt):
        for name, asking, old in _askings(rt, case, asked):
            if asking.url in down:
                continue
            try:
                asked.cosigned += _ask(asking, old, name, asked)
            except Unreachable as fault:
                # Whoever does not answer for one log would be waited for again with each other one.
                down.add(asking.url)
                asked.failures.append(f"{name}: {fault.reason}")
    return asked


def _askings(rt: Runtime, case: Case, asked: Asked) -> list[tuple[str, _Asking, int]]:
    """Who is to be asked about a log, and the size that each has signed so far."""
    try:
        # The anchor first: the store can only have grown since.
        note = rt.anchors.read(case.origin)
        with rt.database.reading() as tx:
            policy = policy_of(tx, case)
            if policy is None or not policy.urls:
                return []
            newest, head = stated(note), ledger.head(tx, case.id)
            require_not_behind(case.origin, head, own=signed_head(rt, case, head), anchored=note)
            signed = {name: cosigned.newest_of(tx, case, policy.witnesses[name]) for name in policy.urls}
            # Until the result is out also without news: a store that was turned back to what the witness
            # has signed before looks like one where nothing has happened.
            waiting = [n for n, size in signed.items() if size < newest.size or case.result_index is None]
            leaves = ledger.leaves(tx, case.id, newest.size) if waiting else []
            if waiting and root(leaves) != newest.root:
                # What a witness signs now would be kept as signed over what the ledger holds.
                raise Broken(f"{case.origin}: the anchor is not over the first {newest.size} stored entries")
    except (Broken, Refusal) as fault:
        # Not the witness's fault: it is told as ours.
        asked.faults.append((case.origin, fault))
        return []
    return [
        (
            name,
            _Asking(rt, case, policy.witnesses[name], policy.urls[name].rstrip("/"), newest, note, leaves),
            signed[name],
        )
        for name in waiting
    ]


def _ask(asking: _Asking, old: int, name: str, asked: Asked) -> int:
    """How many cosignatures it gave.  Raises: Unreachable."""
    answer = asking.send(old)
    held = _held(answer)
    if held is not None and held != old and held <= asking.newest.size:
        # It has signed more, or less, than we know of: it says from where the proof has to begin.
        answer = asking.send(held)
        held = _held(answer)
    if answer.status == 200:
        try:
            lines = cosigned.signatures(asking.note + answer.body, [asking.witness])
        except NoteFault as fault:
            asked.failures.append(f"{name}: {fault}")
            return 0
        if not lines:
            asked.failures.append(f"{name}: 答えに、方針にある鍵の連署がありません")
        return cosigned.keep(asking.rt, asking.case, asking.newest.size, lines)
    if held is not None or answer.status == 422:
        _look_into(asking, name, held, asked)
    else:
        asked.failures.append(f"{name}: 応答 {answer.status}")
    return 0


def _look_into(asking: _Asking, name: str, held: int | None, asked: Asked) -> None:
    """The witness holds more than we do, or something else: let it show what we have signed.

    What it only says is told to the operator and stops nothing.
    """
    shown = asking.rt.ask(f"{asking.url}/{held_path(asking.case.origin)}", None)
    if shown.status == 200 and contradictions.find(asking.rt, asking.case, shown.body):
        asked.contradicted.append(asking.case.origin)
    elif shown.status == 200 and contradictions.is_told_as_lost(asking.rt, asking.case, shown.body):
        # It keeps what was lost, as it should, and signs no other history (docs/adr/0009).
        lost = stated(shown.body)
        asked.failures.append(
            f"{name}: 障害として記録した、失われた署名済みの記録({lost.size}件)を持っているため、連署しません"
        )
    elif held is None or held > _signed_by_now(asking):
        size = "" if held is None else f"({held}件)"
        asked.failures.append(f"{name}: 自らの記録{size}に続かないと答えましたが、証拠を示していません")


def _signed_by_now(asking: _Asking) -> int:
    """The size of the newest checkpoint now: ballots went on while the witness was asked."""
    return stated(asking.rt.anchors.read(asking.case.origin)).size


def _held(answer: Answer) -> int | None:
    """The size that a 409 names; None for another answer."""
    found = _SIZE.fullmatch(answer.body) if answer.status == 409 and answer.kind == SIZE_TYPE else None
    return int(found[1]) if found and int(found[1]) <= LARGEST_INTEGER else None
