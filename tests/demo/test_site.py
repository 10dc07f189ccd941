"""The demonstration in a test client: from a mailbox to 賛成680票、反対1票."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import scans
from voting.app import create_app
from voting.core.ballots import Channel
from voting.core.permissions import Act, Role
from voting.demo import stage
from voting.demo.answers import read_answers
from voting.demo.officers import PASSWORD, hire, telephones
from voting.demo.site import add_demo
from voting.demo.stage import FolderInUse, material, set_scene
from voting.ledger.canonical import instant_text
from voting.runtime import system_clock
from voting.services.assemblies import find
from voting.services.desk import papers
from voting.services.office import approvals
from voting.services.printing import extents
from voting.services.printing.post import Asked
from voting.web.access import access_table


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("demo") / "site"
    scene = set_scene(folder, material(), real_clock=system_clock, base_url="http://127.0.0.1:8000")
    app = create_app(scene.rt, secret=b"s" * 32, secure_cookies=False)
    add_demo(app, scene, read_answers(material()).submissions)
    app.extensions["scene"] = scene
    yield app.test_client()
    scene.rt.database.close()


def token(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def text(visitor: FlaskClient, path: str) -> str:
    return visitor.get(path).get_data(as_text=True)


def test_the_demonstration_is_told_in_english_around_the_japanese_mails(visitor: FlaskClient) -> None:
    visitor.set_cookie("language", "en")
    try:
        pages = [
            text(visitor, each) for each in ("/demo/", "/demo/mail", "/demo/officers", "/demo/mail/M0001")
        ]
    finally:
        visitor.delete_cookie("language")

    for page, heading in zip(
        pages, ("What to try", "Members&#39; mail", "Officers&#39; sign-in", "</span>: mail"), strict=True
    ):
        assert '<html lang="en">' in page
        assert heading in page or heading.replace("&#39;", "'") in page
    assert '<pre class="lines" lang="ja">' in pages[-1]


def test_an_unfinished_paper_is_told_with_the_next_step_and_the_clock_stays(tmp_path: Path) -> None:
    scene = set_scene(
        tmp_path / "site", material(), real_clock=system_clock, base_url="http://127.0.0.1:8000"
    )
    app = create_app(scene.rt, secret=b"s" * 32, secure_cookies=False)
    add_demo(app, scene, ())
    clerk, now = stage.officer(Role.ENTRY), scene.rt.now()
    papers.arrive(
        scene.rt,
        clerk,
        scene.origin,
        serial="F-1",
        channel=Channel.FAX,
        arrived_at=now,
        scan=scans.png("a"),
        sender="M0001",
    )
    browser = app.test_client()

    told = browser.post("/demo/finish", data={"csrf_token": token(text(browser, "/demo/"))})

    page = told.get_data(as_text=True)
    assert told.status_code == 409
    assert 'href="/office/a/council/2024-09/papers/F-1"' in page
    assert "確認担当として入り、同じ書面をもう一度入力します" in page
    assert find(scene.rt, scene.origin).closed_index is None
    assert scene.rt.now() < scene.docket.assembly.schedule.closes_at
    scene.rt.database.close()


def test_the_clock_passes_an_extended_close_and_leaves_the_count_to_the_officers(tmp_path: Path) -> None:
    scene = set_scene(
        tmp_path / "site", material(), real_clock=system_clock, base_url="http://127.0.0.1:8000"
    )
    app = create_app(scene.rt, secret=b"s" * 32, secure_cookies=False)
    add_demo(app, scene, ())
    later = scene.docket.assembly.schedule.closes_at + timedelta(days=3)
    terms = {"closes_at": instant_text(later), "reason": "郵便が遅れているため"}
    administrator, checker = stage.officer(Role.ADMINISTRATOR), stage.officer(Role.CHECKER)
    asked = approvals.request(scene.rt, administrator, scene.origin, Act.EXTEND, terms=terms)
    approvals.approve(scene.rt, checker, asked.id)
    browser = app.test_client()

    browser.post("/demo/close", data={"csrf_token": token(text(browser, "/demo/"))})

    case = find(scene.rt, scene.origin)
    assert scene.rt.now() >= later
    assert case.closed_index is not None
    assert case.tally_index is None
    assert 'action="/demo/close"' not in text(browser, "/demo/")
    scene.rt.database.close()


def test_the_demonstration_ends_as_the_origin_case_did(visitor: FlaskClient) -> None:
    assert "M0001" in text(visitor, "/demo/")
    letter = text(visitor, "/demo/mail/M0002")
    assert "メールのリンクを開く" in letter

    visitor.post("/demo/cast", data={"csrf_token": token(letter)})
    assert "413/681" in text(visitor, "/demo/")
    done = visitor.post("/demo/finish", data={"csrf_token": token(letter)}, follow_redirects=True)

    assert done.request.path == "/assemblies/council/2024-09"
    page = done.get_data(as_text=True)
    assert page.count("賛成680票(うち未提出によるみなし賛成268票)、反対1票") >= 3
    assert visitor.get("/assemblies/council/2024-09/result.pdf").data.startswith(b"%PDF")


def test_a_member_is_found_by_a_part_of_its_name(visitor: FlaskClient) -> None:
    found = text(visitor, "/demo/mail?q=亀ヶ丘村")

    assert "北海道亀ヶ丘村" in found
    assert "M0002" not in found


def test_every_page_of_the_demonstration_says_who_may_open_it(visitor: FlaskClient) -> None:
    paths = {path for _, path, _ in access_table(visitor.application)}

    assert {"/demo/", "/demo/mail", "/demo/cast", "/demo/close", "/demo/finish"} <= paths


def test_the_bar_is_on_no_other_site(visitor: FlaskClient) -> None:
    scene = visitor.application.extensions["voting"]
    plain = create_app(scene, secret=b"s" * 32, secure_cookies=False).test_client()

    assert "見本の操作" not in plain.get("/").get_data(as_text=True)
    assert plain.get("/demo/").status_code == 404


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")

    with pytest.raises(FolderInUse):
        set_scene(tmp_path, material(), real_clock=system_clock, base_url="http://127.0.0.1:8000")


def test_every_officer_of_the_demonstration_can_sign_in(visitor: FlaskClient) -> None:
    scene = visitor.application.extensions["scene"]
    hire(scene)
    assert PASSWORD in text(visitor, "/demo/officers")

    for each in telephones(scene):
        desk = visitor.application.test_client()
        form = {"csrf_token": token(text(desk, "/office/sign-in"))}
        desk.post("/office/sign-in", data=form | {"account": each.officer.id, "password": PASSWORD})
        assert each.codes[0] in text(visitor, "/demo/officers")
        form = {"csrf_token": token(text(desk, "/office/second-factor"))}
        desk.post("/office/second-factor", data=form | {"code": each.codes[0]})
        assert each.officer.name in text(desk, "/office/")
        assert each.codes[0] not in text(visitor, "/demo/officers")


def test_labels_and_fax_covers_can_be_tried_for_every_sample_member(visitor: FlaskClient) -> None:
    scene, clerk = visitor.application.extensions["scene"], stage.officer(Role.ENTRY)

    labels = extents.labels(scene.rt, clerk, scene.origin, Asked(), sheet=12, used=0)
    faxes = extents.covers(scene.rt, clerk, scene.origin, Asked(), fax=True)

    assert (labels.members, labels.left_out) == (681, ())
    assert (faxes.members, faxes.left_out) == (681, ())
