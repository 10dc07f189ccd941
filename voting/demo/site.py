"""The pages that only the demonstration has: a bar with the next steps, and everybody's mailbox."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, abort, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from voting.core.ballots import Submission
from voting.demo.officers import PASSWORD, telephones
from voting.demo.play import finish, pass_close, play
from voting.demo.stage import Scene
from voting.services import stages
from voting.services.assemblies import find
from voting.services.casting.ballots import answered_members
from voting.services.outcome.closing import PapersWaiting
from voting.services.schedule import send_mails
from voting.web.access import Audience, access, access_table
from voting.web.site import render

_PAGE = 50


@dataclass(frozen=True, slots=True)
class Bar:
    """What the bar on every page says.  Shape: ``stage`` as in pages.MemberPage."""

    now: datetime
    stage: str
    path: str
    answered: int
    members: int


def add_demo(app: Flask, scene: Scene, submissions: tuple[Submission, ...]) -> None:
    """Add the demonstration's pages to a site."""
    site = Blueprint("demo", __name__, url_prefix="/demo")
    members = {each.member_id for each in submissions}

    def bar() -> Bar:
        case, now = find(scene.rt, scene.origin), scene.rt.now()
        return Bar(
            now=now,
            stage=stages.stage(case, now),
            path=stages.path(case),
            answered=len(answered_members(scene.rt, scene.origin)),
            members=len(scene.preview.sheet.members),
        )

    @site.get("/")
    @access(Audience.PUBLIC)
    def start() -> str:
        return render("demo/start.html", letters=scene.postbox.members()[:3])

    @site.get("/mail")
    @access(Audience.PUBLIC)
    def mail() -> str:
        wanted = request.args.get("q", "").strip()
        found = [each for each in scene.postbox.members() if wanted in each.name + each.member_id]
        return render("demo/mail.html", letters=found[:_PAGE], wanted=wanted, more=max(len(found) - _PAGE, 0))

    @site.get("/mail/<member_id>")
    @access(Audience.PUBLIC)
    def letters(member_id: str) -> str:
        send_mails(scene.rt, limit=1000)
        found = scene.postbox.of(member_id)
        if not found:
            abort(404)
        return render("demo/letters.html", letters=found)

    @site.get("/officers")
    @access(Audience.PUBLIC)
    def officers() -> str:
        return render("demo/officers.html", telephones=telephones(scene), password=PASSWORD)

    @site.post("/cast")
    @access(Audience.PUBLIC)
    def cast() -> Response:
        by_hand = answered_members(scene.rt, scene.origin)
        if bar().stage == "open" and not members <= by_hand:
            for _ in play(scene, submissions, skip=frozenset(by_hand)):
                pass
            send_mails(scene.rt, limit=10_000)
        return redirect(url_for("demo.start"), 303)

    @site.post("/close")
    @access(Audience.PUBLIC)
    def close() -> Response:
        if bar().stage == "open":
            pass_close(scene)
        return redirect(url_for("demo.start"), 303)

    @site.post("/finish")
    @access(Audience.PUBLIC)
    def declare() -> Response:
        if bar().stage != "declared":
            try:
                finish(scene)
            except PapersWaiting as waiting:
                shown = render("demo/waiting.html", serials=waiting.serials, path=bar().path)
                return make_response(shown, 409)
        return redirect("/assemblies/" + bar().path, 303)

    app.register_blueprint(site)
    app.jinja_env.globals["demo_bar"] = bar
    access_table(app)
