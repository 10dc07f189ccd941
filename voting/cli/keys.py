"""Keys that sign the papers of a body."""

import argparse
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from voting.cli.columns import columns
from voting.cli.common import add_officer, configured, officer, password
from voting.core.japanese_dates import wareki
from voting.credentials.paper_keys import BODY, NoPaperKey, PaperKey
from voting.ledger.canonical import parse_instant
from voting.services.drafting import key_copies
from voting.services.printing import paper_signing
from voting.store.key_copies import Copied
from voting.wording import JAPAN


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    keys = commands.add_parser(
        "keys",
        help="keys that sign results and minutes",
        description="A result can be certified, and an assembly frozen, only where the body has a key to "
        "sign with. One signature (signer: body) is enough; with keys named chair and auditor the paper "
        "carries theirs as well.",
    )
    keys.set_defaults(group=keys)
    acts = keys.add_subparsers(metavar="ACT")
    create = acts.add_parser("create", help="make a P-256 key and a certificate that it signs itself")
    _add_signer(create)
    create.add_argument("--name", required=True, help="who signs, as printed and certified")
    add_officer(create)
    create.set_defaults(run=_create)
    adopt = acts.add_parser("import", help="use a certificate that the body has from an authority")
    _add_signer(adopt)
    adopt.add_argument("file", type=Path, metavar="FILE.p12", help="PKCS #12: key, certificate, issuers")
    adopt.add_argument(
        "--file-password-file", type=Path, metavar="FILE", help="what opens it (else asked for)"
    )
    add_officer(adopt)
    adopt.set_defaults(run=_import)
    listed = acts.add_parser("list", help="the body's keys, until when they are valid, their fingerprints")
    listed.add_argument("body", help="short name of the organisation")
    listed.set_defaults(run=_list)
    drill = acts.add_parser(
        "drill",
        help="prove that the copy of the keys opens, and note it",
        description="Reads a copy of the key folder where it lies, takes nothing over, and proves with the "
        "copy of the passphrase that every key in use could be restored from it. Noted are the day, the "
        "officer and public fingerprints.",
    )
    drill.add_argument("--copy", type=Path, required=True, metavar="FOLDER", help="copy of the key folder")
    drill.add_argument(
        "--copy-passphrase-file",
        type=Path,
        metavar="FILE",
        help="the copy of the passphrase, in its first line (else asked for)",
    )
    add_officer(drill)
    drill.set_defaults(run=_drill)
    certificates = acts.add_parser("certificates", help="write the certificates (PEM), to be published")
    certificates.add_argument("body", help="short name of the organisation")
    certificates.add_argument(
        "--out", type=Path, required=True, metavar="FILE.pem", help="file to be written"
    )
    certificates.set_defaults(run=_certificates)


def _add_signer(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("body", help="short name of the organisation")
    parser.add_argument(
        "--signer", default=BODY, help="body (default), chair, auditor, or a short name of another signer"
    )


def _create(given: argparse.Namespace) -> None:
    rt = configured()
    made = paper_signing.create(rt, officer(rt, given), given.body, signer=given.signer, name=given.name)
    _tell("作成しました", made)


def _import(given: argparse.Namespace) -> None:
    rt = configured()
    who = officer(rt, given)
    content = given.file.read_bytes()
    secret = password(given.file_password_file, given.file.name).encode()
    adopted = paper_signing.adopt(
        rt, who, given.body, signer=given.signer, content=content, password=secret, file=given.file
    )
    _tell("取り込みました", adopted)


def _list(given: argparse.Namespace) -> None:
    rt = configured()
    rows = [("署名者", "名義", "期限", "控えの確認", "証明書のSHA-256")]
    rows += [
        (
            each.signer,
            each.name,
            _until(each),
            _drilled(key_copies.last_drill(rt, each)),
            each.certificate.fingerprint(SHA256()).hex(),
        )
        for each in paper_signing.keys(rt, given.body)
    ]
    print(columns(rows))


def _drill(given: argparse.Namespace) -> None:
    rt = configured()
    who = officer(rt, given)
    passphrase = _passphrase(given.copy_passphrase_file)
    for each in key_copies.drill(rt, who, given.copy, passphrase):
        print(f"控えから開き、署名を確かめました: {each.name}")
    print("確かめた日時、担当者及び鍵の指紋を記録しました。控えは、元の場所で保管を続けてください。")


def _passphrase(file: Path | None) -> bytes:
    """The first line, as the configuration reads it; else typed unseen."""
    if file is None:
        return password(None, "控えの合言葉").encode()
    return (file.read_bytes().splitlines() or [b""])[0]


def _drilled(last: Copied | None) -> str:
    if last is None:
        return "まだ"
    day = parse_instant(last.drilled_at).astimezone(JAPAN).date()
    return f"{wareki(day, weekday=False)} {last.account}"


def _certificates(given: argparse.Namespace) -> None:
    found = paper_signing.keys(configured(), given.body)
    if not found:
        raise NoPaperKey(given.body)
    given.out.write_bytes(b"".join(each.certificate.public_bytes(Encoding.PEM) for each in found))
    print(given.out)


def _tell(done: str, key: PaperKey) -> None:
    print(f"{done}: {key.signer} {key.name}(期限 {_until(key)})")
    print(f"証明書のSHA-256: {key.certificate.fingerprint(SHA256()).hex()}")


def _until(key: PaperKey) -> str:
    return wareki(key.certificate.not_valid_after_utc.date(), weekday=False)
