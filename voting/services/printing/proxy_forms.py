"""委任状: a proxy form for every member, or for those asked for, where a clause allows proxies."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import ClassVar

from voting.core.errors import Refusal
from voting.core.letterhead import ProxyTo
from voting.core.permissions import Act, Officer, require
from voting.documents.facts_form import WEB, ProxyFacts
from voting.documents.proxy_form_pdf import render_proxy_forms
from voting.runtime import Runtime
from voting.services.printing.forms import chosen, form_facts, form_members, frozen
from voting.services.printing.letterheads import letterhead_of, style_of
from voting.store.assemblies import Case
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS


@dataclass(eq=False)
class NoProxies(Refusal):
    """Nothing says that members may have somebody else vote."""

    code: ClassVar[str] = "no-proxies"
    body: str


def proxy_forms(
    rt: Runtime,
    who: Officer,
    origin: str,
    *,
    members: Collection[str] = (),
    unmailed: bool = False,
    language: str = "ja",
) -> bytes:
    """The forms of all members, of those given, or of those without any mail address, in one file.

    Shape   *language* is that of the words; only the Japanese form can be returned.

    Raises  NoProxies; as ``forms.ballot_forms``.
    """
    require(who, Act.READ_ROLL)
    with rt.database.reading() as tx:
        case, voters = frozen(tx, origin, "proxies")
        letterhead = letterhead_of(tx, case)
    given = letterhead.proxies
    if not given.clause:
        raise NoProxies(case.docket.body.name)
    edition = PAPERS[language]
    say = style_of(letterhead, voters, edition)
    chair, member = given.to_chair, ProxyTo.MEMBER in given.to
    notes = edition.proxy_notes(case.docket, chair=chair, member=member)
    form = form_facts(rt, case, letterhead, voters, edition)
    facts = ProxyFacts(
        form=replace(
            form,
            notes=tuple(say(note) for note in notes),
            # A member names nobody on its page: the form comes back as paper, or somebody is asked where to.
            ways=tuple(each for each in form.ways if each[0] != WEB),
        ),
        clause=say(given.clause),
        chair=_chair(case, edition) if chair else "",
        to_member=member,
    )
    return render_proxy_forms(facts, form_members(case, voters, chosen(voters, members, unmailed=unmailed)))


def _chair(case: Case, edition: PaperSay) -> str:
    name = case.docket.assembly.chair or ""
    return name if name.startswith("議長") else edition.says("議長　{name}", name=name).rstrip()
