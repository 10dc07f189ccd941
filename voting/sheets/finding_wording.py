"""A finding as one line for people: which row, which member, what is wrong, what to do."""

from voting.sheets.ballot_wording import BALLOT_SENTENCES
from voting.sheets.findings import Finding, Level
from voting.sheets.roll_wording import ROLL_SENTENCES
from voting.sheets.roll_wording_en import ROLL_SENTENCES_EN

SENTENCES = {**ROLL_SENTENCES, **BALLOT_SENTENCES}


# What has to be mended, what should be looked at, what is only told.
LEVEL_WORDS = {
    Level.ERROR: "誤り",
    Level.WARNING: "注意",
    Level.INFO: "参考",
    Level.SKIPPED: "読み飛ばし",
}


def finding_line(finding: Finding) -> str:
    """*finding* among others, with how it bears on its row: 参考 5行目 M0001: 団体名の前後の空白を…"""
    return f"{LEVEL_WORDS[finding.level]} {finding_text(finding)}"


def finding_text(finding: Finding) -> str:
    """*finding* in Japanese: 5行目 M0001: 団体名の前後の空白を除きました。"""
    member = f" {finding.member}" if finding.member else ""
    return f"{finding.row}行目{member}: {finding_sentence(finding)}"


def finding_sentence(finding: Finding, language: str = "ja") -> str:
    """What is wrong and what to do, without the place; in English for findings of a members' roll."""
    code = finding.code
    if code == "name-lost" and finding.facts.get("hint"):
        code = "name-lost-code"
    sentences = ROLL_SENTENCES_EN if language == "en" else SENTENCES
    return sentences[code].format(**finding.facts)
