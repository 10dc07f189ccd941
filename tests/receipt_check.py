"""A second checker of receipts, written from the format alone; it shares no code with voting/.

It verifies a receipt against its own checkpoint, and that checkpoint against the final one over all entries.
"""

import base64
import hashlib
import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

WORDS = {"for": "賛成", "against": "反対", "abstain": "棄権", "blank": "無記入", "both": "両方に○"}
CONFIDENCE = {**WORDS, "for": "信任", "against": "不信任"}


class Fault(Exception):
    """The receipt is not true, or is no receipt; malformed ones may also raise Python's own errors."""


def check(receipt_bytes: bytes, vkey: str, final_checkpoint: bytes, entries: list[bytes]) -> None:
    """Raise unless the receipt is true and its vote stands among *entries*, all of them promised."""
    head, _, note = receipt_bytes.partition(b"\n\n")
    first, extra_line, index_line, *proof_lines = head.decode("ascii").split("\n")
    need(first == "c2sp.org/tlog-proof@v1", "header")
    index = int(index_line.removeprefix("index "))
    need(index_line == f"index {index}" and index >= 0, "index line")
    extra = canonical(unb64(extra_line.removeprefix("extra ")))
    need(set(extra) == {"entry", "key", "member", "opening", "words"}, "members of extra")
    origin, size, root = opened(note, vkey)
    entry_bytes = unb64(extra["entry"])
    proof = [unb64(line) for line in proof_lines]
    need(all(len(each) == 32 for each in proof), "hashes of 32 bytes")
    need(index < size and climb(sha(b"\x00", entry_bytes), index, size, proof) == root, "inclusion")
    final_origin, final_size, final_root = opened(final_checkpoint, vkey)
    need(final_origin == origin and final_size == len(entries) >= size, "size of the final checkpoint")
    need(tree(entries) == final_root, "root of the final checkpoint")
    need(tree(entries[:size]) == root, "the receipt's log is not the final one")
    need(entries[index] == entry_bytes, "the entry at that index is another one")
    entry = canonical(entry_bytes)
    need(entry["kind"] in ("ballot", "refused") and entry["version"] == 1, "kind")
    need(entry["index"] == index and entry["log"] == origin, "place of the entry")
    check_vote(extra, entry["body"], origin, entry["kind"])


def check_vote(extra: dict, body: dict, origin: str, kind: str) -> None:
    member, opening = extra["member"], extra["opening"]
    need((member is None) == (body["member"] is None), "member")
    if member is not None:
        need(set(member) == {"id", "name", "salt"}, "members of member")
        mc = sealed(b"voting/member/v1", origin.encode(), member["id"].encode(), salt(member["salt"]))
        need(mc == body["member"], "the member is another one")
    need((opening is None) == (body["commitment"] is None), "opening")
    need((extra["key"] is None) == (body["signature"] is None), "key")
    if opening is None:
        need(extra["words"] == {}, "words about nothing")
        return
    need(set(opening) == {"ballot", "salt"}, "members of opening")
    ballot = opening["ballot"]
    bc = sealed(b"voting/ballot/v1", salt(opening["salt"]), jcs(ballot).encode())
    need(bc == body["commitment"], "the ballot is another one")
    need(set(ballot) - {"proxy", "defect"} == {"base", "choices", "log", "member", "sequence"}, "ballot")
    need(ballot["log"] == origin and ballot["member"] == body["member"], "ballot's log and member")
    need(kind == "refused" or ballot["sequence"] == body["sequence"], "ballot's sequence")
    if body["signature"] is not None:
        message = f"voting/cast/v1\n{origin}\n{bc}\n".encode()
        Ed25519PublicKey.from_public_bytes(unb64(extra["key"])).verify(unb64(body["signature"]), message)
    need(extra["words"] == {number: word(choice) for number, choice in ballot["choices"].items()}, "words")


def word(choice: object) -> str:
    if isinstance(choice, dict):
        names = sorted(choice, key=lambda name: name.encode("utf-16-be"))
        return "、".join(f"{name}：{CONFIDENCE[choice[name]]}" for name in names)
    if isinstance(choice, list):
        return "、".join(choice) or WORDS["blank"]
    return WORDS[choice]


def opened(note: bytes, vkey: str) -> tuple[str, int, bytes]:
    name, key_id, key = vkey.split("+", 2)
    public = unb64(key)
    need(public[0] == 1 and key_id == sha(name.encode(), b"\n", public).hex()[:8], "verifier key")
    text, _, signatures = note.decode().rpartition("\n\n")
    text += "\n"
    lines = [line.split(" ") for line in signatures.split("\n")[:-1]]
    need(signatures.endswith("\n") and all(len(line) == 3 and line[0] == "—" for line in lines), "lines")
    mine = [unb64(line[2]) for line in lines if line[1] == name and unb64(line[2])[:4].hex() == key_id]
    need(mine, "no signature by the log")
    for signature in mine:
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], text.encode())
    origin, size, root, rest = text.split("\n")
    need(origin == name and rest == "" and size == str(int(size)), "checkpoint")
    return origin, int(size), unb64(root)


def climb(node: bytes, index: int, size: int, proof: list[bytes]) -> bytes:
    if size == 1:
        need(not proof, "proof too long")
        return node
    need(proof, "proof too short")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return sha(b"\x01", climb(node, index, half, proof[:-1]), proof[-1])
    return sha(b"\x01", proof[-1], climb(node, index - half, size - half, proof[:-1]))


def tree(entries: list[bytes]) -> bytes:
    if len(entries) < 2:
        return sha(b"\x00", entries[0]) if entries else sha()
    half = 1 << (len(entries) - 1).bit_length() - 1
    return sha(b"\x01", tree(entries[:half]), tree(entries[half:]))


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def sealed(label: bytes, *fields: bytes) -> str:
    return sha(b"\x00".join((label, *fields))).hex()


def salt(text: str) -> bytes:
    need(bytes.fromhex(text).hex() == text and len(text) == 64, "salt")
    return bytes.fromhex(text)


def unb64(text: str) -> bytes:
    need(base64.b64encode(data := base64.b64decode(text, validate=True)).decode() == text, "base64")
    return data


def canonical(data: bytes) -> dict:
    need(jcs(value := json.loads(data)).encode() == data, "canonical JSON")
    return value


def jcs(value: object) -> str:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{jcs(name)}:{jcs(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    need(not isinstance(value, float), "a float")
    return json.dumps(value, ensure_ascii=False)


def need(holds: object, what: str) -> None:
    if not holds:
        raise Fault(what)
