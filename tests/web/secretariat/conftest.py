"""The secretariat's pages over the world of the services, and officers in front of them."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.officers import PASSWORD, Person, hire
from tests.web.conftest import Browser
from tests.world import World
from voting.core.permissions import Role

ASSEMBLY = "/office/a/council/2026-06"


class Desk(Browser):
    """A browser at which an officer sits."""

    def give_password(self, person: Person, password: str = PASSWORD) -> TestResponse:
        self.get("/office/sign-in")
        answer = self.post("/office/sign-in", {"account": person.id, "password": password})
        return self.get(answer.location) if answer.status_code == 303 else answer

    def sign_in(self, person: Person) -> TestResponse:
        self.give_password(person)
        answer = self.post("/office/second-factor", {"code": person.fresh_code()})
        assert answer.status_code == 303, answer.text
        return self.get(answer.location)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """A browser where nobody has signed in yet."""
    return Desk(app.test_client())


@pytest.fixture
def seat(app: Flask, world: World) -> Callable[..., Desk]:
    """Seats an officer of a role at a browser of its own."""

    def sit(role: Role, *, number: int = 1) -> Desk:
        desk = Desk(app.test_client())
        desk.sign_in(hire(world, role, number=number))
        return desk

    return sit


@pytest.fixture
def drafted(empty_world: World) -> World:
    """An assembly that waits for its freeze."""
    empty_world.draft()
    # Whoever sits down first makes this a service whose officers use the pages: two of them can freeze.
    hire(empty_world, Role.ADMINISTRATOR)
    hire(empty_world, Role.CHECKER)
    return empty_world
