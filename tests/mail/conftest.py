"""A relay, and a world whose mails go to it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.mail.relay import HOST, FakeRelay, relay
from tests.world import World
from voting.mail.smtp import Relay, sender


@pytest.fixture
def plain() -> Iterator[FakeRelay]:
    """A relay on this machine, without encryption."""
    with relay() as fake:
        yield fake


@pytest.fixture
def world(world: World, plain: FakeRelay) -> World:
    """The world of all tests, but its mails leave by SMTP."""
    world.rt = replace(world.rt, send=sender(Relay(HOST, plain.port, "none")))
    return world
