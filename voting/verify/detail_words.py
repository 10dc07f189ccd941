"""What a reader of a format says in English, in plain Japanese: for the report in that language.

Readers speak English, to programmers and auditors, in some two hundred sentences.  A Japanese report says
what kind of thing is wrong; the exact words are in the English one.  The page has the same (details.ja.js).
"""

import re
from collections.abc import Mapping

# Sentences that mean the same to whoever reads the report; the first that fits the whole of it is taken.
DETAILS: tuple[tuple[str, str], ...] = (
    (
        "no known key has signed the note|a key of the log that was in force has not signed it|signed by "
        "known keys, but not by the log's own",
        "指定の鍵による署名がない",
    ),
    (
        "the signature of (.+) is wrong|the signature is wrong|the cosignature of (.+) is wrong",
        "署名が正しくない",
    ),
    (
        "the cosignature of (.+) is none|a cosignature's time is after 1970",
        "連署の形をしていない",
    ),
    ("the note has no signature lines|a note needs a signature", "署名の行がない"),
    ("the note has too many signatures|the note is too large", "大きすぎるか、署名が多すぎる"),
    ("two of the known keys share a name and an id", "同じ名前と番号の鍵が2つある"),
    ("a key name is not empty .*", "鍵の名前に使えない文字がある"),
    (
        "a note's text .*|a signature line does not begin with a dash|a signature is too short|a "
        "signature is not base64",
        "署名付きの文の形式が正しくない",
    ),
    (
        "not an Ed25519 verifier key .*|an Ed25519 public key has .*|the hash of the verifier key .*|the "
        "key of a verifier key .*|a verifier key has three parts|is no verifier key.*|the key is no.* "
        "Ed25519 public key|the key is not an Ed25519 public key|a witness's key is no .*|a log's key is "
        "no verifier key|a key is not base64|entry and key are base64",
        "鍵の形式が正しくない",
    ),
    ("(?:the note is )?not UTF-8", "UTF-8の文字でない"),
    (
        "not base64|not the one base64 form of its bytes|is not base64 of .*|the root is not base64",
        "base64の形式が正しくない",
    ),
    ("not JSON.*", "JSONとして読めない"),
    (
        "not in canonical form|.* has no canonical form.*|nested too deeply|the (?:entry|receipt) does "
        "not read back to the same bytes",
        "定められた書き方になっていない",
    ),
    (
        ".*half of a surrogate pair|(?:holds )?a control character.*|holds a control character",
        "使えない文字がある",
    ),
    (
        "a checkpoint has exactly three lines|the size is no plain decimal number|a size .*or a root "
        "that is no hash|an empty log has the root of no entries|the origin is no key name|there is no "
        "checkpoint below an empty line",
        "チェックポイントの形式が正しくない",
    ),
    (
        "the key of one log may not sign for another|it is the checkpoint of another log or size",
        "別の記録又は別の件数のチェックポイントである",
    ),
    (
        "the entry belongs at (\\d+), not at (\\d+)",
        "記録の番号が受付票と違う(記録は{1}番、受付票は{2}番)",
    ),
    (
        "the entry belongs to another log than the checkpoint|it belongs to another log",
        "別の記録のものである",
    ),
    ("the member is missing, or the entry has none", "会員の記載の有無が記録と違う"),
    ("the entry is another member's", "別の会員の記録である"),
    ("the opening is missing, or the entry has no commitment", "票の中身の有無が記録と違う"),
    ("the entry commits to another ballot", "票の中身が、受付の時に記録されたものと違う"),
    (
        "the ballot names another log or member than its entry",
        "票に書かれた総会又は会員が記録と違う",
    ),
    ("the ballot counts another sequence than its entry", "票の通し番号が記録と違う"),
    ("the key is missing, or the entry has no signature", "会員の鍵の有無が記録と違う"),
    ("the key did not sign this ballot", "会員の鍵で署名された票でない"),
    (
        "the words are not those of the choices|a (?:choice|mark) without words",
        "賛否の言葉が票の中身と違う",
    ),
    ("a (\\w+) entry is no vote", "投票の記録でない({1})"),
    (
        "the proof leads to another .*root|the roots of the same tree differ",
        "証明が、署名された記録に行き着かない",
    ),
    (
        "the proof is too (?:short|long)|index .* is outside a tree of .*|a tree of .*|no (?:leaf|trees) "
        ".*|a hash is not .*|a frontier of .*|.* are no frontier of .*",
        "証明の長さ又は位置が正しくない",
    ),
    (
        "the file is too large to be a receipt|the first line is not .*|the (?:second|third) line is not "
        ".*|a line of the proof is not a hash|the words are not strings by motion|the (?:ballot is not "
        "an object|opening has no ballot and salt|member has no id, name and salt)|a salt .*",
        "受付票の形式が正しくない",
    ),
    (
        "a ballot.*|a proxy is true .*|choices (?:are|go) .*|the choice on motion .* is none",
        "票の中身の形式が正しくない",
    ),
    (
        "it has no BUNDLE.json or no BUNDLE.note",
        "BUNDLE.json 又は BUNDLE.note がない",
    ),
    (
        "it is no bundle.*|the zip's .*|something stands between the files and the directory|the header "
        "of .* is not the one a bundle has|the directory's line of .*|a path or a size that no bundle "
        "has|a path that is not ASCII|it is empty or larger than 3 GiB",
        "検証用のファイル一式でないか、途中で切れている",
    ),
    (
        "the file is empty, or too large to be a bundle|the files are larger than a bundle may be",
        "空であるか、ファイル一式としては大きすぎる",
    ),
    (
        "BUNDLE.json .*|(?:files without their SHA-256|no audience or no log|not exactly audience, "
        "files, format and log|not of the format .*)",
        "ファイルの一覧(BUNDLE.json)の形式が正しくない",
    ),
    (
        "(?:is|does|was) not .*|is (?:empty|unknown|no .*)|counts from 1|an object does not have exactly "
        ".*|not an object with exactly .*|an entry (?:is an object|has exactly .*)|member .* is "
        "(?:missing|unknown)|something is not? .*|no number.*|no numbers|no parts|no fraction|no object "
        "with motions|a fraction .*|an integer .*|a number that is no integer .*|no instants?.*|no such "
        ".*|not an instant.*|an instant .*|a person has exactly .*|the index is no number|other digits|"
        "no line is as nearly all are|no line feed at its end|null exactly for .*|KP exactly for .*|"
        "given exactly for .*|an incident ends after it began|a ballot names its member, and there is "
        "none|a member's name is not a string|only a first ballot replaces none|no name of a log|as .*|a "
        "member stands there twice|an Ed25519 seed has .*|two different persons are needed",
        "値又は項目が定めに合わない",
    ),
    (
        "an entry of (\\d+) bytes.*|an entry is (?:too long for a bundle|cut off)",
        "記録の長さが正しくない",
    ),
    (
        ".* is no path of a (?:tile|bundle)|.* holds \\d+ entries",
        "記録のファイルの名前又は件数が正しくない",
    ),
    ("the next index is (\\d+)", "次の番号は{1}番のはずである"),
    ("its time is before the last entry's", "時刻が前の記録より早い"),
    ("a (\\w+) entry may not stand at this stage", "この段階には置けない記録である({1})"),
    (
        "the key bears another name than the log|a log cannot follow itself|the log had this key before",
        "記録の鍵又は前の記録の記載が正しくない",
    ),
    (
        "the sequence has a gap|it replaces another than the last ballot",
        "通し番号又は差替え元が前の票に続かない",
    ),
    (
        "it was received (?:at or after the close|before the opening)|a ballot was received at or after "
        "the close",
        "期間外に受け付けた票である",
    ),
    (
        "it was received in time and refused as late|a vote received in time was refused as late",
        "期限内の票が期限後とされた",
    ),
    ("it was not received before the opening", "開始後の票が開始前とされた"),
    (".*paper.*|the serial number was given before", "書面の記録が手続に合わない"),
    (
        "the chair decides for proxies before the close|a tie is decided after the close|a lot .*",
        "決定を記録した時期が手続に合わない",
    ),
    (
        "it amends something that is not in force|its target does not exist yet|it corrects an entry "
        "that does not exist yet",
        "変更又は訂正の対象がない",
    ),
    (
        "its last index is not the one before|it is written before the period is over|the docket closes "
        "at another instant|the log ends without close and tally",
        "締切の記録が手続に合わない",
    ),
    ("no incident explains why .*", "受付から60秒以内に記録されておらず、障害の記録もない"),
    (
        "it (?:is over|holds no|does not) .*|the authority did not grant it|the certificate .*|a time "
        "that is .*",
        "タイムスタンプ又は署名が対象と合わない",
    ),
    (
        "the sign(?:er|ed|ature) .*|the signer's .*|there are no signed attributes|no signed data|not a "
        "signature of a known form.*|an attribute stands twice|a key that .*|a hash that .*|an ECDSA .*",
        "電子署名の形式が正しくない",
    ),
    (
        "something stands after the value|cut off.*|a (?:value|length) .*|a certificate that is cut off|"
        "an empty object identifier|not exactly one value",
        "電子署名のデータが壊れている",
    ),
    (
        "(?:something|a field|content|another beginning) was (?:changed|added) between two signatures|an "
        "addition .*|the table of an addition .*|a field without a place",
        "署名の後に内容が変えられている",
    ),
    (
        "an? (?:embedded file|file specification|signature field|signature) .*",
        "PDFの埋込みファイル又は署名欄の形式が正しくない",
    ),
    (
        "no quorum.*|one key for two witnesses|.* is defined twice|a member of a group .*|a group's "
        "threshold .*|a line that says nothing.*",
        "立会人の方針の形式が正しくない",
    ),
    (
        "more members than the roll has|(\\d+) members have a ballot",
        "会員の数が名簿又は票と合わない",
    ),
    ("No such file or directory", "ファイルがない"),
    ("Is a directory|Not a directory", "ファイルでなく、フォルダーである"),
    ("Permission denied", "読む権限がない"),
)
# What stands before a colon: which part of a receipt is wrong.
PARTS: Mapping[str, str] = {
    "note": "署名",
    "entry": "記録",
    "index": "番号",
    "log": "記録の名前",
    "inclusion": "記録への所属",
    "member": "会員",
    "opening": "票の中身",
    "signature": "会員の署名",
    "words": "賛否の言葉",
}
OTHERWISE = "形式が定めに合わない。詳しくは英語の報告にある"

_PREFIX = re.compile(r"([A-Za-z0-9_./-]+): (.+)")
_PROSE = re.compile(r"[A-Za-z]{2,}[,;:]? [A-Za-z]")


def detail_in_japanese(detail: str) -> str:
    """*detail* without any English sentence; numbers, names and codes stay as they are."""
    for pattern, japanese in DETAILS:
        found = re.fullmatch(pattern, detail)
        if found is not None:
            return japanese.format("", *found.groups(""))
    named = _PREFIX.fullmatch(detail)
    if named is not None:
        return f"{PARTS.get(named[1], named[1])}: {detail_in_japanese(named[2])}"
    return OTHERWISE if _PROSE.search(detail) else detail
