"""The fixed words and sentences of covers and of the hand-over sheet in English, by their Japanese."""

from collections.abc import Mapping

COVER: Mapping[str, str] = {
    "送付状": "Cover",
    "FAX送付状": "Fax cover",
    "{assembly}(書面開催)関係書類の送付について": "Papers of {assembly} (held in writing)",
    "{assembly}(書面開催)の関係書類を{below}送付します。御確認の上、"
    "{deadline}までに到着するよう、書面表決書を御提出ください。": (
        "We send you the papers of {assembly} (held in writing){below}. Please look through them, and return "
        "your ballot form so that it arrives by {deadline}."
    ),
    "、下記のとおり": " as listed below",
    "1部": "1 copy",
    "{paper}(1部)": "{paper} (1 copy)",
    "送信先FAX": "Fax to",
    "発信者FAX": "Fax from",
    "枚数": "Sheets",
    "{pages}枚(本状を含む。)": "{pages} (this one included)",
    "宛先でない方に届いたときは、お手数ですが、上記の連絡先へお知らせの上、"
    "破棄してくださるようお願いします。": (
        "Should this have reached you by mistake, please tell the contact above and destroy it."
    ),
}
HANDOVER: Mapping[str, str] = {
    "引継書": "Hand-over sheet",
    "{assembly}(書面開催)引継書": "Hand-over sheet of {assembly} (held in writing)",
    "引継書(事務局限り)": "Hand-over sheet (for the office only)",
    "総会": "Assembly",
    "期間　{period}": "Period: {period}",
    "現在の段階　{stage}": "Stage: {stage}",
    "準備中": "in preparation",
    "受付開始前": "before the opening",
    "受付中": "open",
    "締切・集計中": "closed, being counted",
    "結果公表": "published",
    "未了の事項": "Not finished",
    "承認待ち　{act}(申請 {request})": "Waiting for approval: {act} (request {request})",
    "二人の入力が済んでいない紙　{serials}": "Papers not yet entered by two persons: {serials}",
    "結果は、まだ公表していません。": "The result has not been published yet.",
    "議事録は、まだ署名していません。": "The minutes have not been signed yet.",
    "通知の発送": "sending of the notice",
    "認証": "certification",
    "議事録の署名": "signing of the minutes",
    "手続の経過": "Steps so far",
    "手続": "Step",
    "日時": "Japanese time",
    "記録の番号": "Entry",
    "記録の開始": "Record begun",
    "規則確定・名簿凍結": "Rules and roll fixed",
    "投票用紙の発行": "Ballots issued",
    "確定後の変更": "Change after the freeze",
    "締切": "Close",
    "集計": "Count",
    "結果の公表": "Result published",
    "障害の記録": "Incident recorded",
    "保存期限による消去": "Erasure at the end of the term",
    "ファイル": "Files",
    "ファイル名及び SHA-256": "Name and SHA-256",
    "結果(第{version}版)": "Result (version {version})",
    "議事録(第{version}版)": "Minutes (version {version})",
    "検証一式": "Bundle",
    "結果の公表の後に作ることができます。": "It can be made once the result is published.",
    "公開用　{url}": "For the public: {url}",
    "最後の記録のタイムスタンプがそろうまで、作ることができません。": (
        "It cannot be made before the last entry has its time stamps."
    ),
    "SHA-256　{value}": "SHA-256: {value}",
    "監事用(氏名を含みます。)は、voting export の --audience auditor で作り、監事に限って渡します。": (
        "The auditors' (it names persons) is made with voting export --audience auditor, and handed to "
        "auditors only."
    ),
    "別紙": "Annex",
    "次の総会": "Next assembly",
    "この総会の議案の件名と規則は、事務局の画面「写して作る」により、翌年の総会に写すことができます。": (
        "The office's page “Make a copy” copies the motions' titles and the rules to next year's assembly."
    ),
    "会員の連絡先": "Contacts",
    "現在の会員{members}のうち、12か月以内に連絡先を確かめたもの {sound}、それより古いもの {old}": (
        "Of {members} today, found right within 12 months: {sound}; older: {old}"
    ),
    "連絡先が12か月より古い会員": "Members whose contact is older than 12 months",
    "名称": "Name",
    "最後に確かめた日": "Last found right",
    "記録": "Record",
    "この総会の記録の名称、検証鍵及び最新のチェックポイント": (
        "Name, key and newest checkpoint of this assembly's record"
    ),
    "署名の鍵": "Signing keys",
    "結果及び議事録に署名する鍵の証明書": "Certificates of the keys that sign result and minutes",
    "名義、期限及び証明書の SHA-256": "Name, expiry and SHA-256 of the certificate",
    "{name}　{until}まで": "{name}, until {until}",
    "保管": "Keeping",
    "保管の場所及び保管者の欄が空いているものは、引継ぎの際に書き入れてください。": (
        "Where no place or keeper is given, it is written into the Japanese sheet at the hand-over."
    ),
    "保管するもの": "What is kept",
    "場所": "Where",
    "保管者": "Keeper",
    "いつまで": "Until",
    "議事録及び結果報告": "Minutes and report of the result",
    "検証一式(公開用及び監事用)": "Bundles (the public's and the auditors')",
    "紙の表決書及びその画像、会員ごとの表決の内容": "Paper ballots, their scans, and how each member voted",
    "署名の鍵(keys/)及び最新のチェックポイント(anchors/)": (
        "Signing keys (keys/) and the newest checkpoint (anchors/)"
    ),
    "鍵の合言葉(passphrase)": "Passphrase of the keys",
    "データベースの写し": "Copies of the database",
    "アクセスの記録": "Access logs",
    "担当者": "Officers",
    "この仕組みのアカウントを持つ者": "Who has an account of this service",
    "氏名": "Name",
    "役割": "Role",
    "アカウント": "Account",
    "事務局管理者": "Administrator",
    "入力担当": "Entry",
    "確認担当": "Checker",
    "議長・共同代表": "Chair",
    "監事・立会人": "Auditor",
    "確かめ方": "Checking",
    "次のコマンドにより、記録と結果を確かめることができます。": (
        "These commands check the record and the result."
    ),
    "受付票.tlog-proof": "receipt.tlog-proof",
    "署名": "Signed",
    "前任者、後任者及び立会者が、日本語の引継書に署名します。": (
        "On the Japanese sheet, by the predecessor, the successor and a witness."
    ),
}
