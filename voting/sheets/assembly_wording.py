"""What is said in Japanese about the faults of the files that an office writes, with the remedy."""

from voting.sheets.toml_reading import TomlFault

FAULT_SENTENCES = {
    "toml-syntax": "TOMLとして読み取れません({detail})。書式を直してください。",
    "toml-missing": "必要な項目がありません。追加してください。",
    "toml-unknown-key": "この名前の項目はありません。項目名を直すか、削除してください。",
    "toml-unknown-key-near": (
        "この名前の項目はありません({near} ではありませんか)。項目名を直すか、削除してください。"
    ),
    "toml-no-table": "表(テーブル)ではありません。[名前] または {{ }} の形で書いてください。",
    "toml-no-list": "一覧ではありません。[ ] の形で書いてください。",
    "toml-no-text": "文字列ではありません。引用符で囲んで書いてください。",
    "toml-control": "印刷も保存もできない文字(制御文字)が含まれています。入力し直してください。",
    "toml-no-line": "空でない一行の文字列を書いてください。",
    "toml-no-flag": "true または false を書いてください。",
    "toml-no-number": "整数を書いてください。",
    "toml-no-day": "日付を、2024-09-27 のように引用符なしで書いてください。",
    "toml-no-instant": "日時を、2024-09-27T00:00:00+09:00 のように引用符なしで書いてください。",
    "toml-no-zone": "日時 {text} に時差がありません。日本時間の場合は末尾に +09:00 を付けてください。",
    "toml-no-fraction": '「{text}」は使えません。"1/2" のように、0より大きく1以下の分数を書いてください。',
    "toml-no-word": "「{text}」は使えません。次のいずれかを書いてください: {allowed}。",
    "text-missing": "空欄です。文字を書いてください。",
    "instant-unusable": "日時に時差がないか、1ミリ秒より細かい端数があります。書き直してください。",
    "closes-before-opening": "締切が開始以前です。開始より後の日時を書いてください。",
    "deemed-without-clause": (
        "未提出を算入するには規約の条項が必要です。rules.clauses.deemed に条項を書いてください。"
    ),
    "statute-asks-consent": (
        "{article}は会員の実際の同意を求めており、未提出を賛成とみなせません。設定を変えてください。"
    ),
    "unknown-clause": "この名前の条項はありません。項目名を直すか、削除してください。",
    "fraction-out-of-range": "分数 {fraction} は使えません。0より大きく1以下の分数を書いてください。",
    "number-out-of-range": "{number} は使えません。1以上の整数を書いてください。",
    "no-requirement": "議決要件が空です。要件を1つ以上書くか、項目を削除してください。",
    "quorum-relation": "定足数の relation は at_least または more_than です。どちらかを書いてください。",
    "brake-unclear": "count と fraction のどちらか一方だけを書いてください。",
    "no-motion": "議案がありません。[[motion]] を1つ以上書いてください。",
    "repeated": "「{what}」が重複しています。一方を直すか、削除してください。",
    "unknown-condition": "第{number}号議案がありません。議案番号を直してください。",
    "conditions-in-circle": "議案 {numbers} が互いに条件となっています。depends_on を直してください。",
    "barred-not-on-roll": "会員 {member_id} は名簿にありません。会員番号を直すか、削除してください。",
    "election-field-missing": "選挙に必要な項目がありません。追加してください。",
    "election-field-unexpected": (
        '選挙の項目です。kind = "election" を加えるか、この項目を削除してください。'
    ),
    "erratum-alike": "「誤」と「正」が同じです。どちらかを直すか、この行を削除してください。",
    "erratum-no-document": (
        "資料を一つに定められません。document に資料名を書いてください(選べるもの: {names})。"
    ),
    "slate-exceeds-seats": (
        "一括信任の候補者({candidates}名)が定数({seats}名)を超えています。人数を直してください。"
    ),
    "fact-unusable": (
        "この議案では使えない決定です。議案番号・候補者名・for などの語を確認して直してください。"
    ),
}


def fault_text(fault: TomlFault) -> str:
    """*fault* in Japanese with its place: rules.late: 「never」は使えません。…"""
    code = fault.code
    if code == "toml-unknown-key" and fault.facts.get("near"):
        code = "toml-unknown-key-near"
    sentence = FAULT_SENTENCES[code].format(**fault.facts)
    return f"{fault.place}: {sentence}" if fault.place else sentence
