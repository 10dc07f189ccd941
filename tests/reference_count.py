"""The rules of counting once more, naively and sharing no code with ``voting/``: one member after the other.

The argument is a world of tests/core/invented.py: instants are whole seconds, votes millionths, fractions
pairs. A pile is a list of the votes of the members in one place. R2 to R10 are sections of docs/rules.md.
"""

from fractions import Fraction
from itertools import combinations
from typing import Any

CLEAR = ("for", "against", "abstain")
BASES = {"yes_no": CLEAR[:2], "valid": CLEAR, "present": (*CLEAR, "invalid")} | {s: (s,) for s in CLEAR}
BASES["roll"] = (*BASES["present"], "not_counted", "late", "undelivered", "left")


def fate(w: Any, entry: Any) -> Any:
    """R2, R3: what became of a member, its effective ballot, and those received before that."""
    own = [b for b in w["ballots"] if b["member"] == entry["member"]]
    own.sort(key=lambda b: (b["at"], 0 if b["paper"] else 1, b["order"]))
    gone, state = min(w["closes"], w["left"].get(entry["member"], w["closes"])), "silent"
    if sent := [b for b in own if w["opens"] <= b["at"] < gone]:
        state = "answered"
    elif gone < w["closes"]:
        state = "left"
    elif sent := [b for b in own if b["at"] >= w["closes"]]:
        state = "late" if w["rules"]["late"] == "excluded" else "late silent"
    elif entry["member"] in w["undelivered"] and not own:
        state = "undelivered" if w["rules"]["undelivered"] == "excluded" else "undelivered silent"
    paper = {"web": False, "paper": True}.get(w["rules"]["duplicates"])
    while any(b["paper"] is paper for b in sent) and sent[-1]["paper"] is not paper:
        sent.pop()
    ballots = sent[:1] if w["rules"]["duplicates"] == "first" else sent[::-1]
    return entry | {"state": state, "returned": state == "answered", "ballots": ballots}


def said(given: dict[int, Any], motion: Any, name: str | None, default: str) -> Any:
    found = given.get(motion["number"], default)
    return found.get(name, default) if isinstance(found, dict) else found


def marked(w: Any, motion: Any, name: str | None, ballots: list[Any]) -> tuple[str, str]:
    """R3: side and provenance."""
    both = said(ballots[0]["marks"], motion, name, "blank") == "both" and motion["both_marked"] == "invalid"
    if ballots[0]["proxy"] and not ballots[0]["defect"]:
        return said(w["chair"], motion, name, "abstain"), "proxy"
    if ballots[0]["defect"] or both:
        return "invalid", ""
    for b in ballots[:1] if motion["blank_overrides"] else ballots:
        mark = said(b["marks"], motion, name, "blank")
        if mark in CLEAR and not b["proxy"] and not b["defect"]:
            return mark, "expressed"
    return motion["blank"], "" if motion["blank"] == "invalid" else "blank"


def voter_on(w: Any, motion: Any, name: str | None, entry: Any) -> Any:
    """R2: where a member of the roll stands on one question, and where it would were it in time."""
    if entry["member"] in motion["barred"]:
        return entry | {"side": "barred", "source": "", "state": "barred", "returned": False}
    side, source, silence = entry["state"], "", motion["non_submission"]
    in_time = marked(w, motion, name, entry["ballots"]) if entry["ballots"] else ("", "")
    if entry["returned"]:
        side, source = in_time
    elif "silent" in entry["state"]:
        source = "" if silence == "not_counted" else "deemed"
        side = said(w["chair"], motion, name, "abstain") if silence == "proxy_to_chair" else silence
    return entry | {"side": side, "source": source, "in_time": in_time[0]}


def size(voters: list[Any], term: str, by: str = "votes", category: str | None = None) -> int:
    """R5."""
    own = [v for v in voters if category in (None, v["category"])]
    inside = [v for v in own if (v["returned"] if term == "returned" else v["side"] in BASES[term])]
    return sum(v["votes"] if by == "votes" else 1 for v in inside)


def met(test: Any, value: int, base: int) -> bool:
    bound, relation = base * Fraction(*test["fraction"]), test["relation"]
    above = value > bound if relation in ("more_than", "at_most") else value >= bound
    return base > 0 and above == (relation in ("more_than", "at_least"))


def holds(voters: list[Any], tests: list[Any]) -> bool:
    sides = [[size(voters, t[side], t["by"], t["category"]) for side in ("count", "of")] for t in tests]
    return all(met(test, *pair) for test, pair in zip(tests, sides, strict=True))


def verdict(w: Any, voters: list[Any], tests: list[Any], decision: str | None) -> str:
    """R7, the last two."""
    t = tests[0]
    what = len(tests), t["count"], t["relation"], Fraction(*t["fraction"]), w["rules"]["tie"]
    yes, no, base = (size(voters, term, t["by"], t["category"]) for term in ("for", "against", t["of"]))
    if what == (1, "for", "more_than", Fraction(1, 2), "chair") and yes == no > 0 and yes + no == base:
        return {"for": "carried", "against": "rejected", None: "pending"}[decision]
    return "carried" if holds(voters, tests) else "rejected"


def to_flip(voters: list[Any], tests: list[Any], carried: bool) -> Any:
    """R8, by trying: the fewest and the most it can take, as its order leaves open who is moved first."""
    least, ranks = None, {} if carried else {"against": 0, "abstain": 1, "invalid": 2}
    change = {"side": "against"} if carried else {"side": "for", "returned": True}
    movable = [v for v in voters if v["side"] != "barred" and (v["side"] == "for") == carried]
    order = sorted(((-v["votes"], ranks.get(v["side"], 3)), v["member"]) for v in movable)
    for number, (last, _) in enumerate(order, 1):
        sure, equal = [m for each, m in order if each < last], [m for each, m in order if each == last]
        moved = [(*sure, *some) for some in combinations(equal, number - len(sure))]
        after = [holds([v | change if v["member"] in each else v for v in voters], tests) for each in moved]
        least = least or (number if (not carried) in after else None)
        if carried not in after:
            return least, number
    return least, None


def question(w: Any, motion: Any, name: str | None, gate: str | None) -> dict[str, Any]:
    """R4, R7, R8."""
    voters, piles = [voter_on(w, motion, name, entry) for entry in w["roll"]], dict[Any, Any]()
    tests, brake = motion["requires"], motion["objections"]
    decision = w["ties"].get((motion["number"], name), w["ties"].get((motion["number"], None)))
    yes, no = ([v for v in voters if (v["side"], v["source"]) == (s, "expressed")] for s in CLEAR[:2])
    objected = brake and len(no) >= brake.get("count", 1)
    if objected and "fraction" in brake:
        objected = met(brake | {"relation": "at_least"}, size(no, "roll"), size(voters, "roll"))
    outcome = gate or ("objected" if objected else verdict(w, voters, tests, decision))
    real = [v | {"side": "not_counted"} if v["source"] in ("deemed", "blank") else v for v in voters]
    late = [v | {"side": v["in_time"], "returned": True} if "late" in v["state"] else v for v in voters]
    told = [v | {"side": "against", "returned": True} if "undel" in v["state"] else v for v in voters]
    supposed = [verdict(w, each, tests, decision) == "carried" for each in (real, late, told)]
    decided, carried = outcome in ("carried", "rejected"), outcome == "carried"
    flags = {
        "deemed_decides": decided and supposed[0] != carried,
        "low_response": 10 * size(voters, "returned", "members") < 3 * size(voters, "roll", "members"),
        "against_leads": size(no, "roll") > size(yes, "roll"),
        "late_decides": decided and supposed[1] != carried,
        "undelivered_decides": decided and supposed[2] != carried,
        "late_as_silence": any(v["state"] == "late silent" for v in voters),
    }
    by_chair = verdict(w, voters, tests, "for") != verdict(w, voters, tests, "against")
    flip = to_flip(voters, tests, carried) if decided and not by_chair else (None, None)
    for v in voters:
        piles.setdefault((v["side"], v["source"]), []).append(v["votes"])
    beside = {"carried_without_deemed": supposed[0] if decided else None, "to_flip": flip}
    return beside | {"outcome": outcome, "piles": piles, "flags": tuple(f for f in flags if flags[f])}


def chosen(w: Any, motion: Any, entry: Any) -> list[str]:
    """R10, plurality: the names a member chose, or what its ballot is instead."""
    ballots, seats, names = entry["ballots"], motion["seats"], []
    if not entry["returned"] or entry["member"] in motion["barred"]:
        return []
    if ballots[0]["proxy"]:
        names = [name for name in motion["candidates"] if said(w["chair"], motion, name, "") == "for"]
    for b in [] if ballots[0]["proxy"] else ballots[:1] if motion["blank_overrides"] else ballots:
        given = b["marks"].get(motion["number"], [])
        usable = b is ballots[0] or not (b["proxy"] or b["defect"] or len(given) > seats)
        names = names or (given if usable else [])
    return ["all", *(["invalid"] if ballots[0]["defect"] or len(names) > seats else names or ["blank"])]


def election(w: Any, motion: Any, gate: str | None) -> dict[str, Any]:
    """R10: seats go by strength; of those level for the last ones the lot decides, or nothing does."""
    seats, names, open_ties, found = motion["seats"], motion["candidates"], [], dict[str, Any]()
    if motion["method"] == "confidence":
        found = {name: question(w, motion, name, gate) for name in names}
        running = [name for name in names if found[name]["outcome"] in ("carried", "pending")]
        open_ties = [name for name in names if found[name]["outcome"] == "pending"]
        votes = {n: sum(sum(p) for s, p in found[n]["piles"].items() if s[0] == "for") for n in running}
    else:
        for entry in w["roll"]:
            for place in chosen(w, motion, entry):
                found.setdefault(place, []).append(entry["votes"])
        votes = {name: sum(found[name]) for name in names if name in found}
    above = [n for n in votes if sum(votes[m] >= votes[n] for m in votes) <= seats]
    level = [n for n in votes if n not in above and sum(votes[m] > votes[n] for m in votes) < seats]
    drawn = [n for n in w["lots"].get(motion["number"], ()) if n in level][: seats - len(above)]
    if level and len(above + drawn) < seats:
        drawn, open_ties = [], open_ties + level
    won = {n for n in above + drawn if n not in open_ties and not gate}
    outcome = gate or ("pending" if open_ties else "elected" if len(won) == seats else "vacancy")
    return {"outcome": outcome, "elected": won, "found": found}


def reference_count(w: Any) -> dict[str, Any]:
    """R6 and the first three of R7: who came, then each motion as soon as those it waits for are done."""
    quorum = w["rules"]["quorum"] or {"fraction": (0, 1), "relation": "at_least"}
    w, done = w | {"roll": [fate(w, entry) for entry in w["roll"]]}, dict[int, Any]()
    motions = [w["rules"] | {key: own for key, own in m.items() if own is not None} for m in w["motions"]]
    came = {entry["member"] for entry in w["roll"] if entry["returned"]}
    for m in motions if quorum.get("deemed") else []:
        for name in {"confidence": m["candidates"], "plurality": []}.get(m.get("method"), [None]):
            came |= {e["member"] for e in w["roll"] if voter_on(w, m, name, e)["source"] == "deemed"}
    weights = {e["member"]: 1 if quorum.get("by") == "members" else e["votes"] for e in w["roll"]}
    counted = sum(weights[member] for member in came)
    formed = met(quorum, counted, sum(weights.values()))
    while ready := [m for m in motions if m["number"] not in done and set(m["depends_on"]) <= set(done)]:
        for m in ready:
            before = {done[number]["outcome"] for number in m["depends_on"]} - {"carried", "elected"}
            gate = "pending" if "pending" in before else "condition_failed" if before else None
            by_name, gate = m.get("method") in ("confidence", "plurality"), gate if formed else "not_formed"
            done[m["number"]] = election(w, m, gate) if by_name else question(w, m, None, gate)
    return {"quorum": (counted, formed), "motions": done}
