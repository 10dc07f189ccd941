"""What is said in Japanese about the rows of ballots, deliveries and events, with the remedy."""

BALLOT_SENTENCES = {
    "column-missing": "「{column}」の列がありません。列を追加してください。",
    "column-stranger": (
        "「{column}」に当たる議案または候補者がありません。見出しを直すか、列を削除してください。"
    ),
    "mark-unknown": (
        "「{column}」の「{text}」は読み取れません。"
        "賛成・反対・棄権・両方のいずれかにするか、空欄にしてください。"
    ),
    "choice-unknown": (
        "「{column}」の「{text}」は読み取れません。選んだ候補者には○を、ほかは空欄にしてください。"
    ),
    "channel-unknown": (
        "「{column}」の「{text}」は読み取れません。"
        "web・post・fax・mail・hand・paper のいずれかにしてください。"
    ),
    "proxy-unknown": (
        "「{column}」の「{text}」は読み取れません。委任の場合は○を、そうでなければ空欄にしてください。"
    ),
    "received-missing": "「{column}」がありません。受け付けた日時を入力してください。",
    "received-unreadable": (
        "「{column}」の {text} は日時として読み取れません。「2024/10/2 16:03」の形で入力してください。"
    ),
    "received-no-hour": (
        "「{column}」の {text} は時刻がなく、期間内かどうか決められません。時刻を入力してください。"
    ),
    "not-on-roll": "名簿にない会員です。集計には入りません。",
    "status-unknown": "「{column}」の「{text}」は読み取れません。delivered か failed にしてください。",
    "event-unknown": "「{column}」の「{text}」は読み取れません。left(退会)にしてください。",
    "time-unreadable": (
        "「{column}」の {text} は日時として読み取れません。「2024/10/2 16:03」の形で入力してください。"
    ),
    "time-missing": (
        "同じ手段の記録に日時のあるものとないものがあり、どれが最後か決められません。日時を入力してください。"
    ),
}
