"""What the witnesses hold of a log that was turned back: asked before a loss is told, to tell it once.

A witness is mostly a little behind the anchor.  Told of the anchor's checkpoint alone, the log would be
suspended again by the next tick, once for each witness that shows another one of the same lost entries.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from voting.ledger import checkpoint as checkpoints
from voting.ledger.checkpoint import Checkpoint, CheckpointFault
from voting.ledger.note import NoteFault
from voting.runtime import Runtime
from voting.services.proof.policies import policy_of
from voting.services.proof.rollback import Signed
from voting.services.recording import open_ledger
from voting.witness.client import Answer, held_path
from voting.witness.errors import Unreachable

_HOLDS_NOTHING = 404


@dataclass(frozen=True, slots=True)
class Held:
    """What the witnesses have shown.

    Shape   ``signed`` carry the log's own signature, each once; ``silent`` are the witnesses, by the names in
            the policy, of which it is not known what they hold: no answer, or none that proves itself.
    """

    signed: tuple[Signed, ...]
    silent: tuple[str, ...]


def ask(rt: Runtime, origin: str) -> Held:
    """Ask every witness that has an address what it holds.  Raises: NoSuchAssembly, Broken.

    What the log has not signed is no proof, and is passed over.
    """
    with rt.database.reading() as tx:
        case, head = open_ledger(tx, origin)
        policy = policy_of(tx, case) if head.size else None
    urls = policy.urls if policy else {}
    # All at once: whoever waits in a browser waits for the slowest, not for one after the other.
    with ThreadPoolExecutor(max(len(urls), 1)) as pool:
        answers = [*pool.map(lambda url: _asked(rt, url, origin), urls.values())]
    found: dict[Checkpoint, Signed] = {}
    silent: list[str] = []
    verifiers = [rt.keys.signer(origin).verifier]
    for name, answer in zip(urls, answers, strict=True):
        if answer is None:
            silent.append(name)
        elif answer.status != _HOLDS_NOTHING:
            try:
                signed = checkpoints.open(answer.body, verifiers)
            except (NoteFault, CheckpointFault):
                silent.append(name)
            else:
                found.setdefault(signed, Signed(answer.body, signed))
    return Held(tuple(found.values()), tuple(silent))


def _asked(rt: Runtime, url: str, origin: str) -> Answer | None:
    try:
        return rt.ask(f"{url.rstrip('/')}/{held_path(origin)}", None)
    except Unreachable:
        return None
