"""What the views of one running site share: its runtime, its sessions, and the printed parts of ballots."""

from dataclasses import dataclass, field

from flask import current_app

from voting.core.errors import Broken
from voting.runtime import Runtime
from voting.services.casting.ballot_form import BallotForm, ballot_form
from voting.services.proof.public_bundle import Shelf
from voting.services.proof.tiles import Nodes
from voting.web import languages
from voting.web.forms import FormCookie
from voting.web.sessions import CodeSessions, OfficeCookie
from voting.web.stencil import Stencil

EXTENSION = "voting-site"


@dataclass(frozen=True, slots=True)
class Site:
    """One site.  What a ballot asks is read once a process, and anew where an amendment has changed it."""

    rt: Runtime
    sessions: CodeSessions
    office: OfficeCookie
    forms: FormCookie
    nodes: Nodes = field(default_factory=Nodes)
    shelf: Shelf = field(default_factory=Shelf)
    _forms: dict[tuple[str, str], BallotForm] = field(default_factory=dict)
    receipts: dict[tuple[str, str], tuple[BallotForm, Stencil]] = field(default_factory=dict)

    def ballot_form(self, origin: str) -> BallotForm:
        """The printed part of the ballots of *origin*, which comes from a sealed session, for this visitor.

        Raises  NoSuchAssembly.
        """
        key = origin, languages.language()
        found = self._forms[key] = ballot_form(self.rt, *key, known=self._forms.get(key))
        return found


def render(template: str, **facts: object) -> str:
    """A page in the visitor's language.

    Templates get their facts and nothing of the request, neither session nor form: only ``here``, the path
    that a change of the language comes back to.
    """
    return languages.environment().get_template(template).render({"here": languages.here()} | facts)


def site() -> Site:
    """The site that answers the present request."""
    found = current_app.extensions[EXTENSION]
    if not isinstance(found, Site):
        raise Broken("the web was not set up by create_app")
    return found
