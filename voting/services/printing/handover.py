"""引継書: everything that the store knows of an assembly, for whoever takes it over or checks it."""

from hashlib import sha256

from voting.core.permissions import Act, Officer, require
from voting.documents.facts_handover import HandoverFacts
from voting.documents.handover_pdf import render_handover
from voting.ledger.bundle_files import PUBLIC
from voting.runtime import Runtime
from voting.services import stages
from voting.services.errors import NoSuchAssembly, NotThatFar
from voting.services.printing import handover_facts
from voting.services.printing.letterheads import letterhead_of, style_of
from voting.services.proof import stamped
from voting.services.proof.export import export
from voting.services.stages import path
from voting.store import assemblies
from voting.store.assemblies import Case
from voting.wording import JAPAN, STAGES
from voting.wording.editions import PaperSay
from voting.wording.papers import PAPERS


def handover(rt: Runtime, who: Officer, origin: str, *, language: str = "ja") -> bytes:
    """The sheet, or its translation, as things stand now.

    Raises  NoSuchAssembly; NotThatFar before the freeze; PaperKeyUnusable; NoGlyph.
    """
    require(who, Act.READ_ROLL)
    now, edition = rt.now(), PAPERS[language]
    with rt.database.reading() as tx:
        case = assemblies.find(tx, origin)
        if case is None:
            raise NoSuchAssembly(origin)
        if case.frozen_index is None:
            raise NotThatFar("handover", "freeze")
        ready = case.result_index is not None and stamped.is_last_stamped(tx, case)
    # Not inside of the transaction below: a bundle is made of a state of its own.
    bundle = _bundle(rt, case, edition, ready=ready)
    with rt.database.reading() as tx:
        say = style_of(letterhead_of(tx, case), (), edition)
        contacts, old = handover_facts.contacts(tx, case, edition, now=now)
        facts = HandoverFacts(
            docket=case.docket,
            origin=origin,
            made_on=say(edition.letter_date(now.astimezone(JAPAN).date())),
            stage=edition.term(STAGES[stages.stage(case, now)]),
            period=say(edition.period(case.docket.assembly.schedule)),
            steps=handover_facts.steps(tx, case, say, edition),
            open=handover_facts.unfinished(tx, case, edition, now=now),
            files=handover_facts.files(tx, case, say, edition),
            bundle=bundle,
            record=handover_facts.record(rt, case, edition),
            keys=handover_facts.keys(rt, case, say, edition),
            officers=handover_facts.officers(tx, edition),
            things=handover_facts.things(tx, case, say, edition),
            commands=handover_facts.commands(case, edition),
            contact=case.contact,
            contacts=contacts,
            old_contacts=old,
            say=edition,
        )
    return render_handover(facts)


def _bundle(rt: Runtime, case: Case, edition: PaperSay, *, ready: bool) -> tuple[str, ...]:
    """Where the public's bundle is, with its digest; an auditor's is made when it is asked for."""
    address = f"{rt.site.base_url}/assemblies/{path(case)}/bundle.zip"
    if case.result_index is None:
        return (edition.term("結果の公表の後に作ることができます。"),)
    public = edition.says("公開用　{url}", url=address)
    if not ready:
        return (public, edition.term("最後の記録のタイムスタンプがそろうまで、作ることができません。"))
    digest = sha256(export(rt, case.origin, audience=PUBLIC)).hexdigest()
    return (
        public,
        edition.says("SHA-256　{value}", value=digest),
        edition.term(
            "監事用(氏名を含みます。)は、voting export の --audience auditor で作り、監事に限って渡します。"
        ),
    )
