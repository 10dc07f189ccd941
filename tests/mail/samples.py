"""One envelope and one receipt, as the service would hand them to the mails."""

from voting.mail.messages import Envelope, ReceiptFacts

ENVELOPE = Envelope("<1@vote.example.or.jp>", "事務局 <office@example.or.jp>", "m1@example.jp")
RECEIPT = ReceiptFacts(
    body="架空協議会",
    title="令和8年度総会",
    member_id="M0001",
    member="架空1町",
    number="R-0003",
    received="令和8年6月2日 10時00分",
    channel="ウェブ",
    who="企画課 担当 花子",
    refused="",
    deadline="期間内は何度でも変更できます。",
    page="https://vote.example.or.jp/v",
    checkpoint="vote.example.or.jp/council/2026-06\n4\n…\n",
    contact="架空協議会事務局",
)
