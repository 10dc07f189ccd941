"""送付状 and FAX送付状: what lies on top, one page a member, with the address where a window would be."""

from collections.abc import Iterable

from reportlab.lib.units import mm

from voting.documents.facts_post import Addressed, CoverFacts, Way
from voting.documents.frame import MEASURE
from voting.documents.linebreak import lines
from voting.documents.notice_pdf import put_record
from voting.documents.page import BODY, Paper
from voting.documents.spacing import PITCH
from voting.documents.translation import put_translation
from voting.documents.typeface import naming, width
from voting.wording.editions import PaperSay

_ADDRESS = 90 * mm  # as wide as a window
_COPIES = 30 * mm  # what a name leaves for the number of copies beside it; a longer one is wrapped


def render_covers(facts: CoverFacts, addressed: Iterable[Addressed]) -> bytes:
    """One cover a member, in the order given.  Raises: NoGlyphForMember; ValueError without any member."""
    docket, say, name = facts.docket, facts.say, facts.say.term(_name(facts))
    paper = Paper(
        title=f"{docket.assembly.title} {name}",
        author=docket.body.name,
        foot=f"{docket.body.name}　{docket.assembly.title}　{name}",
        numbered=False,
        language=say.tag,
    )
    first = True
    for each in addressed:
        if not first:
            paper.break_page()
        first = False
        with naming(f"会員番号 {each.member_id}"):
            _cover(paper, facts, each)
    if first:
        raise ValueError("covers for nobody")
    return paper.finish()


def _name(facts: CoverFacts) -> str:
    return "FAX送付状" if facts.way is Way.FAX else "送付状"


def _cover(paper: Paper, facts: CoverFacts, each: Addressed) -> None:
    letter, assembly, say = facts.letter, facts.docket.assembly.title, facts.say
    paper.letterhead(
        number=letter.number,
        date=letter.date,
        to=_to(facts, each),
        sender=letter.sender,
        seal=letter.seal if letter.sender and facts.way is Way.POST else "",
    )
    if facts.way is Way.FAX:
        paper.title(say.term("FAX送付状"))
    else:
        paper.title(say.says("{assembly}(書面開催)関係書類の送付について", assembly=assembly))
    put_translation(paper, say, _name(facts))
    if facts.way is Way.FAX:
        _fax(paper, facts, each)
        paper.gap(PITCH / 2)
    paper.paragraph(
        say.says(
            "{assembly}(書面開催)の関係書類を{below}送付します。御確認の上、"
            "{deadline}までに到着するよう、書面表決書を御提出ください。",
            assembly=assembly,
            below=say.term("、下記のとおり") if facts.enclosed else "",
            deadline=facts.deadline,
        )
    )
    if facts.enclosed:
        _enclosed(paper, facts)
    paper.gap(PITCH / 2)
    _list(paper, [(say.term("担当及び連絡先"), facts.contact)])
    if facts.way is Way.FAX:
        _astray(paper, say)


def _enclosed(paper: Paper, facts: CoverFacts) -> None:
    """What lies below, from 記 to 以上; a letter in English has no words for these."""
    put_record(paper, facts.say)
    say = facts.say
    if max(width(text, BODY) for text in facts.enclosed) < MEASURE - _COPIES:
        _list(paper, [(text, say.term("1部")) for text in facts.enclosed])
    else:
        named = (say.says("{paper}(1部)", paper=text) for text in facts.enclosed)
        _list(paper, [(f"({at})", text) for at, text in enumerate(named, 1)])
    if facts.say.is_japanese:
        paper.right("以上")


def _astray(paper: Paper, say: PaperSay) -> None:
    """What whoever it was not meant for is asked to do."""
    paper.gap(PITCH)
    asked = say.term(
        "宛先でない方に届いたときは、お手数ですが、上記の連絡先へお知らせの上、"
        "破棄してくださるようお願いします。"
    )
    paper.notes((asked,), mark=say.term("※"))


def _to(facts: CoverFacts, each: Addressed) -> list[str]:
    """The lines of the addressee, broken to the width of a window."""
    if facts.way is Way.FAX:
        return list(each.to)
    where = [f"〒{each.postcode}"] if each.postcode else []
    return [*where, *(line for text in (each.address, *each.to) for line in lines(text, _ADDRESS, BODY))]


def _fax(paper: Paper, facts: CoverFacts, each: Addressed) -> None:
    say, pages = facts.say, "　　　" if facts.pages is None else str(facts.pages)
    rows = [
        (say.term("送信先FAX"), each.fax),
        (say.term("発信者FAX"), facts.from_fax),
        (say.term("枚数"), say.says("{pages}枚(本状を含む。)", pages=pages)),
    ]
    _list(paper, [(label, text) for label, text in rows if text])


def _list(paper: Paper, pairs: list[tuple[str, str]]) -> None:
    paper.definitions(pairs, label=max(width(label, BODY) for label, _ in pairs) + 2 * BODY)
