"""``voting demo``: the website on this machine, with the sample assembly in the middle of its vote."""

import socket
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from voting.app import create_app
from voting.core.errors import Refusal
from voting.core.permissions import Role
from voting.demo.answers import read_answers
from voting.demo.folder import nothing_left
from voting.demo.officers import PASSWORD, hire
from voting.demo.play import play_early
from voting.demo.site import add_demo
from voting.demo.stage import Material, Scene, first_morning, officer, set_scene
from voting.runtime import system_clock, system_token
from voting.services.schedule import run_due

_GREETING = """
書面総会サービスの見本を開始しました。

  1. ブラウザーで開いてください   {url}/demo/
  2. 見本の会員のメールを選び、リンクを開いて投票してください
  3. 画面上部の「見本の操作」で、残りの投票・締切・認証まで進められます

事務局の画面は {url}/office/ です。五人の担当者でログインできます。
  アカウント {officers}
  パスワード {password}
  認証アプリのコードは {url}/demo/officers に表示されます

会員 {members} 団体、データは {folder} にあります。終了は Ctrl-C です。
"""


@dataclass(eq=False)
class PortTaken(Refusal):
    """Another program listens there."""

    code: ClassVar[str] = "port-taken"
    port: int


class _Quiet(WSGIRequestHandler):
    """Says nothing about requests: an address could hold what a visitor typed."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing is logged."""


def run(folder: Path, given: Material, *, port: int) -> None:
    """Serve until Ctrl-C.  Raises: PortTaken, FolderInUse, and the refusals of the three files."""
    # The port comes first: nobody waits for a preparation that nothing can be shown of.
    with closing(_door(port)) as door:
        url = f"http://127.0.0.1:{port}"
        with nothing_left(folder):
            answers = read_answers(given)
            scene = set_scene(folder, given, real_clock=system_clock, base_url=url, first=answers.first)
            known, warnings = answers.by_roll(scene.preview)
            others = play_early(scene, known)
            scene.clock.advance_to(first_morning(answers.docket))
            hire(scene)
        app = create_app(scene.rt, secret=system_token(32), secure_cookies=False)
        add_demo(app, scene, others)
        server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet, fd=door.fileno())
        for warning in warnings:
            print(warning)
        _serve(server, scene, folder, url)


def _door(port: int) -> socket.socket:
    """The port, held from now on.  Raises: PortTaken."""
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        door.listen()
    except OSError as fault:
        door.close()
        raise PortTaken(port) from fault
    return door


def _serve(server: BaseWSGIServer, scene: Scene, folder: Path, url: str) -> None:
    """Greet, and answer until Ctrl-C."""
    ended = threading.Event()
    ticking = threading.Thread(target=_tick, args=(scene, ended), daemon=True)
    ticking.start()
    members = len(scene.preview.sheet.members)
    officers = " ".join(officer(role).id for role in Role)
    said = _GREETING.format(url=url, members=members, folder=folder, officers=officers, password=PASSWORD)
    try:
        # The server takes Ctrl-C for its end and does not hand it on; only a very early one comes here.
        with suppress(KeyboardInterrupt):
            print(said, flush=True)
            server.serve_forever()
    finally:
        ended.set()
        server.server_close()
        # What is under way ends first: it would open the closed database, or its removed folder, again.
        ticking.join(timeout=30)
        scene.rt.database.close()
        print("\n見本を終了しました。", flush=True)


def _tick(scene: Scene, ended: threading.Event) -> None:
    """What ``voting tick`` does each minute, here every few seconds."""
    while not ended.wait(3):
        for _, fault in run_due(scene.rt).faults:
            raise fault
