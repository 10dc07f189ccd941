"""Real witnesses for the world: each over HTTP on this machine, with a memory of its own."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.witness.logs import Owner, cosigner, serving
from tests.world import World
from voting.witness.desk import Desk
from voting.witness.server import make_server
from voting.witness.state import State

NAMES = ("A", "B")


@contextmanager
def witnesses(world: World, folder: Path, *names: str) -> Iterator[dict[str, tuple[Desk, str]]]:
    """Running witnesses by name, with their addresses; they know no log yet."""
    with ExitStack() as stack:
        found = {}
        for place, name in enumerate(NAMES, 1):
            if name in (names or NAMES):
                key = cosigner(f"witness.example.or.jp/{name}", place)
                desk = Desk(State(folder / f"witness-{name}"), key, world.clock, Owner())
                found[name] = (desk, stack.enter_context(serving(make_server(desk, "127.0.0.1", 0))))
        yield found


def policy(running: dict[str, tuple[Desk, str]], *rest: str) -> str:
    """All of them, each with its address, and two of them needed."""
    lines = [f"witness {name} {desk.cosigner.witness.vkey} {url}" for name, (desk, url) in running.items()]
    quorum = rest or (f"group all all {' '.join(running)}", "quorum all")
    return "\n".join([*lines, *quorum]) + "\n"


def introduce(world: World, running: dict[str, tuple[Desk, str]]) -> None:
    """Each auditor adds the log's key, as printed on the notice."""
    log = world.rt.keys.signer(world.origin).verifier
    for desk, _ in running.values():
        desk.state.add(log, now=world.clock())
