"""A finding as one line for people: which row, which member, what is wrong, what to do."""

from voting.sheets.ballot_wording import BALLOT_SENTENCES
from voting.sheets.findings import Finding
from voting.sheets.roll_wording import ROLL_SENTENCES

SENTENCES = {**ROLL_SENTENCES, **BALLOT_SENTENCES}


def finding_text(finding: Finding) -> str:
    """*finding* in Japanese: 5行目 M0001: 団体名の前後の空白を除きました。"""
    member = f" {finding.member}" if finding.member else ""
    return f"{finding.row}行目{member}: {_sentence(finding)}"


def _sentence(finding: Finding) -> str:
    code = finding.code
    if code == "name-lost" and finding.facts.get("hint"):
        code = "name-lost-code"
    return SENTENCES[code].format(**finding.facts)
