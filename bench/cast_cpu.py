"""What a cast costs in processor time, beside the bare routes: one process, no server, no other client.

    python -m bench.cast_cpu [--rounds 5] [--requests 400] [--sites 1] [--profile]

Other programs on the machine disturb these figures less than those of bench/cast.py.  Rounds alternate the
routes; ratios are of medians in this run.  With two sites each request goes to the other one, so that every
commit empties the other's page cache as it does between two processes.  Of a cast's two turns (services.
recording) it is said how long they are held.
"""

import argparse
import cProfile
import io
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path

from flask import Flask

from bench.cast import ROUTES, START, VOTES, prepared_requests
from bench.cast_app import prepare, site
from voting.demo.stage import material, set_scene
from voting.runtime import system_clock

Held = dict[str, list[tuple[float, float]]]
_BARE = {
    "SERVER_NAME": "127.0.0.1",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "127.0.0.1",
    "SCRIPT_NAME": "",
    "QUERY_STRING": "",
    "wsgi.url_scheme": "http",
    "wsgi.version": (1, 0),
    "wsgi.multithread": False,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


def environs(path: str, requests: list[tuple[str, str]]) -> Iterator[dict[str, object]]:
    """A casting POST after the other, each with a key of its own."""
    number = 0
    while True:
        for cookie, body in requests:
            number += 1
            sent = f"{body}&request_key={number:032x}".encode()
            yield {
                **_BARE,
                "REQUEST_METHOD": "POST",
                "PATH_INFO": path,
                "HTTP_COOKIE": cookie,
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
                "CONTENT_LENGTH": str(len(sent)),
                "wsgi.input": io.BytesIO(sent),
                "wsgi.errors": io.StringIO(),
            }


def bare(path: str) -> Iterator[dict[str, object]]:
    while True:
        yield {
            **_BARE,
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
        }


def call(app: Flask, environ: dict[str, object]) -> None:
    """One request through the whole application.  Raises: SystemExit for any answer but 200."""
    said = []
    answer = app.wsgi_app(environ, lambda status, headers, fault=None: said.append(status))
    content = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    if said != ["200 OK"]:
        raise SystemExit(f"{environ['PATH_INFO']}: {said}\n{content.decode()}")


def measured(run: Callable[[], None], number: int) -> tuple[float, float]:
    """Microseconds of processor time and of the clock on the wall, for each of *number* runs."""
    began, wall = time.process_time(), time.perf_counter()
    for _ in range(number):
        run()
    spent, passed = time.process_time() - began, time.perf_counter() - wall
    return spent / number * 1e6, passed / number * 1e6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=400)
    parser.add_argument("--sites", type=int, default=1)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voting-bench-") as name:
        apps, runs = prepared(Path(name) / "site", given.sites)
        for route in ROUTES:
            measured(runs[route], 100)
        if given.profile:
            profile(runs["cast"], given.requests)
        else:
            report(runs, given)
            report_turns(turns_held(apps, runs["cast"], given.requests))
        for app in apps:
            app.extensions["voting"].database.close()


def prepared(folder: Path, sites: int) -> tuple[list[Flask], dict[str, Callable[[], None]]]:
    """The sites over one folder, and for each route what sends the next of them one request."""
    scene = set_scene(folder, material(), real_clock=system_clock, base_url="http://127.0.0.1")
    shift: timedelta = datetime.fromisoformat(START.isoformat()) - system_clock()
    prepare(folder)
    lines = prepared_requests(folder, scene, shift).splitlines()
    scene.rt.database.close()
    apps = [site(folder, shift) for _ in range(sites)]
    cookie_and_body = [(line.split("\t")[0], line.split("\t")[1]) for line in lines]
    sources = {
        route: environs(path, cookie_and_body) if route in VOTES else bare(path)
        for route, path in ROUTES.items()
    }
    following = cycle(apps)
    return apps, {
        route: lambda source=source: call(next(following), next(source)) for route, source in sources.items()
    }


def turns_held(apps: list[Flask], run: Callable[[], None], number: int) -> Held:
    """How long a cast holds each turn: microseconds on the wall and of the processor, by its name."""
    held: Held = {"ledger": [], "promise": []}
    for app in apps:
        database = app.extensions["voting"].database
        for name, spans in held.items():
            turn = getattr(database, f"{name}_turn")
            setattr(
                database, f"{name}_turn", lambda origin, turn=turn, spans=spans: timed(turn(origin), spans)
            )
    for _ in range(number):
        run()
    return held


@contextmanager
def timed(turn: AbstractContextManager[None], spans: list[tuple[float, float]]) -> Iterator[None]:
    with turn:
        wall, began = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            spent, passed = time.process_time() - began, time.perf_counter() - wall
            spans.append((passed * 1e6, spent * 1e6))


def profile(run: Callable[[], None], number: int) -> None:
    found = cProfile.Profile()
    found.enable()
    for _ in range(number):
        run()
    found.disable()
    stats = pstats.Stats(found)
    print(f"{number} casts")
    stats.sort_stats("cumulative").print_stats(70)
    stats.sort_stats("tottime").print_stats(60)


def report(runs: dict[str, Callable[[], None]], given: argparse.Namespace) -> None:
    found: dict[str, list[tuple[float, float]]] = {route: [] for route in ROUTES}
    for number in range(given.rounds):
        for route in ROUTES if number % 2 == 0 else reversed(ROUTES):
            found[route].append(measured(runs[route], given.requests))
    print(f"microseconds a request, medians of {given.rounds} rounds of {given.requests}")
    median = {}
    for route in ROUTES:
        spent, passed = zip(*found[route], strict=True)
        median[route] = statistics.median(spent)
        print(f"{route:7} processor {median[route]:7.0f}   wall {statistics.median(passed):7.0f}")
    for route in VOTES:
        print(f"insert / {route} {median['insert'] / median[route]:.2f}")


def report_turns(held: Held) -> None:
    for name, spans in held.items():
        wall, spent = (statistics.median(each) for each in zip(*spans, strict=True))
        print(f"{name:7} turn held: processor {spent:7.0f}   wall {wall:7.0f}")


if __name__ == "__main__":
    main()
