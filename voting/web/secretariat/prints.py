"""The papers that an office prints, each made anew whenever it is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import Response, abort

from voting.core.permissions import Act, Officer
from voting.runtime import Runtime
from voting.services.printing import forms, handover, letters, minutes, proxy_forms
from voting.services.stages import assembly_line
from voting.web import downloads
from voting.web.access import access
from voting.web.languages import N_
from voting.web.office import assembly_origin, page, who
from voting.web.secretariat.blueprint import secretariat
from voting.web.site import site


@dataclass(frozen=True, slots=True)
class Print:
    """A paper on offer.  Shape: ``label`` and ``hint`` are sentences of the catalogue."""

    label: str
    hint: str
    make: Callable[[Runtime, Officer, str], bytes]


PRINTS: Mapping[str, Print] = MappingProxyType(
    {
        "notice": Print(N_("開催案内"), N_("会員に総会を知らせる通知です。"), letters.notice),
        "forms": Print(
            N_("書面表決書"),
            N_("名簿の全ての会員の分を、一つのファイルに作ります。規則の確定の後に作れます。"),
            forms.ballot_forms,
        ),
        "forms-unmailed": Print(
            N_("書面表決書(メールの宛先がない会員のみ)"),
            N_("郵便で送る会員の分だけを作ります。"),
            lambda rt, who, origin: forms.ballot_forms(rt, who, origin, unmailed=True),
        ),
        "proxies": Print(
            N_("委任状"),
            N_("レターヘッドに、委任を認める規約の条項を書いたときに作れます。"),
            proxy_forms.proxy_forms,
        ),
        "minutes": Print(
            N_("議事録"),
            N_("署名の前は「案」と付きます。署名の後は、署名済みのものをそのまま渡します。"),
            minutes.minutes,
        ),
        "handover": Print(
            N_("引継書"),
            N_("総会のもの全ての所在、確かめ方、保存期間の一覧です。後任者や監事に渡します。"),
            handover.handover,
        ),
    }
)


@secretariat.get("/a/<body>/<assembly>/prints")
@access(Act.READ_ROLL)
def prints(body: str, assembly: str) -> str:
    shown = assembly_line(site().rt, assembly_origin(body, assembly))
    return page("secretariat/prints.html", assembly=shown, prints=PRINTS)


@secretariat.get("/a/<body>/<assembly>/prints/<paper>.pdf")
@access(Act.READ_ROLL)
def print_paper(body: str, assembly: str, paper: str) -> Response:
    """The paper, as a file to be saved; what is missing for it is said on a page."""
    wanted = PRINTS.get(paper)
    if wanted is None:
        abort(404)
    content = wanted.make(site().rt, who(), assembly_origin(body, assembly))
    return downloads.paper(content, f"{body}-{assembly}-{paper}.pdf")
