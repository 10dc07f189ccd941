"""How fast a ballot is cast, beside bare routes on the same server and file: hello, an ORM insert, the floor.

    python bench/cast.py [--rounds 5] [--seconds 4] [--clients 16] [--workers 2]

gunicorn, sync workers, SQLite in WAL with synchronous=FULL, wrk from Debian on the same machine.  The
casting POST is whole: CSRF, code session, validation, durable ledger entry, read back, signed
checkpoint, anchor, receipt, page.  The floor is the least that the ledger's order of promises costs
(bench/cast_floor.py).  Rounds alternate the routes; ratios are of medians in this run.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from datetime import datetime, timedelta
from pathlib import Path

from bench.cast_app import prepare, site
from voting.demo.stage import Scene, material, set_scene
from voting.runtime import system_clock

PORT = 8765
START = datetime.fromisoformat("2024-09-30T10:00:00+09:00")
ROUTES = {"hello": "/hello", "insert": "/insert", "floor": "/floor", "cast": "/vote/cast"}
VOTES = ("floor", "cast")

LUA = """
local requests, count, made, thread = {}, 0, 0, 0
local threads = 0
function setup(each) each:set("number", threads) threads = threads + 1 end
function init(args)
  for line in io.lines("%s") do
    local cookie, body = line:match("^(.-)\\t(.*)$")
    count = count + 1
    requests[count] = { cookie = cookie, body = body }
  end
  math.randomseed(os.time() + number)
  made = math.random(0, 2^31)
end
function request()
  made = made + 1
  local one = requests[made %% count + 1]
  local key = string.format("%%08x%%024x", number + math.random(0, 2^30), made)
  return wrk.format("POST", nil,
    { ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = one.cookie },
    one.body .. "&request_key=" .. key)
end
bad = 0
function response(status) if status ~= 200 then bad = bad + 1 end end
"""


def prepared_requests(folder: Path, scene: Scene, shift: timedelta) -> str:
    """A line for each member: its cookies, a tab, the body of its confirmation form."""
    app = site(folder, shift)
    lines = []
    for letter in scene.postbox.members():
        client = app.test_client()
        page = client.get("/v").get_data(as_text=True)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        client.post("/v", data={"csrf_token": token[1], "code": letter.code})
        ballot = client.get("/vote").get_data(as_text=True)
        texts = re.search(r'name="texts" value="([^"]+)"', ballot)
        cookies = "; ".join(f"{name}={client.get_cookie(name).value}" for name in ("form", "ballot"))
        fields = {"m1": "for", "m2": "for", "m3": "against", "section": "kikaku", "respondent": "tanto"}
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        lines.append(f"{cookies}\t{body}&opinion=&csrf_token={token[1]}&texts={texts[1]}")
    return "\n".join(lines) + "\n"


def measure(route: str, script: Path, given: argparse.Namespace) -> tuple[float, float, float]:
    """Requests a second, p50 and p99 in milliseconds."""
    command = ["wrk", "-t2", f"-c{given.clients}", f"-d{given.seconds}s", "--latency"]
    if route in VOTES:
        command += ["-s", str(script)]
    command.append(f"http://127.0.0.1:{PORT}{ROUTES[route]}")
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise SystemExit(f"{route}: not every answer was good\n{output}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    return rate, _milliseconds(output, "50%"), _milliseconds(output, "99%")


def _milliseconds(output: str, percentile: str) -> float:
    number, unit = re.search(rf"{percentile}\s+([\d.]+)(us|ms|s)", output).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not on this machine (Debian: apt install wrk)")
    with tempfile.TemporaryDirectory(prefix="voting-bench-") as name:
        folder = Path(name) / "site"
        scene = set_scene(folder, material(), real_clock=system_clock, base_url=f"http://127.0.0.1:{PORT}")
        shift = START - system_clock()
        prepare(folder)
        (folder / "requests").write_text(prepared_requests(folder, scene, shift))
        script = folder / "cast.lua"
        script.write_text(LUA % (folder / "requests"))
        scene.rt.database.close()
        run(given, folder, script, shift)


def run(given: argparse.Namespace, folder: Path, script: Path, shift: timedelta) -> None:
    environ = os.environ | {
        "BENCH_FOLDER": str(folder),
        "BENCH_SHIFT": str(shift // timedelta(microseconds=1)),
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    command = [sys.executable, "-m", "gunicorn", "bench.cast_app:app", "--workers", str(given.workers)]
    command += ["--bind", f"127.0.0.1:{PORT}", "--backlog", "2048", "--log-level", "error"]
    server = subprocess.Popen([*command, "--no-control-socket"], env=environ)
    try:
        _wait()
        for route in ROUTES:
            measure(route, script, argparse.Namespace(clients=given.clients, seconds=1))
        found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
        for number in range(given.rounds):
            for route in ROUTES if number % 2 == 0 else reversed(ROUTES):
                found[route].append(measure(route, script, given))
    finally:
        server.terminate()
        server.wait()
    report(found, given)


def report(found: dict[str, list[tuple[float, float, float]]], given: argparse.Namespace) -> None:
    print(f"{given.workers} sync workers, {given.clients} clients, medians of {given.rounds} rounds")
    rate = {}
    for route in ROUTES:
        rates, p50, p99 = zip(*found[route], strict=True)
        rate[route] = statistics.median(rates)
        print(
            f"{route:7} {rate[route]:8.0f}/s   p50 {statistics.median(p50):6.1f} ms   "
            f"p99 {statistics.median(p99):6.1f} ms   (rounds: {', '.join(f'{each:.0f}' for each in rates)})"
        )
    for route, other in (("cast", "insert"), ("floor", "insert"), ("cast", "floor"), ("cast", "hello")):
        print(f"{route} / {other} {rate[route] / rate[other]:.2f}")


def _wait() -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/hello", timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
