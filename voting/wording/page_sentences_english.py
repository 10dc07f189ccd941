"""The fixed sentences of the services behind the pages, by their Japanese.  A missing one is an error.

What stands in braces is filled in, and is the same in both.
"""

from collections.abc import Mapping

PAGE_SENTENCES: Mapping[str, str] = {
    "締切後の記録": "the record after the close",
    "最終の記録": "the final record",
    "貴団体は期間中に退会され、それまでに受け付けた表決書がありません。": (
        "You left the body during the period, and no ballot had been received by then."
    ),
    "賛否の算定から除きます。賛成とはみなしません。": (
        "You are left out of the count, and not deemed to have voted for."
    ),
    "貴団体の表決書は、期限を過ぎて到着しました。": "Your ballot came after the deadline.",
    "表決に算入せず、賛否の算定から除きます。賛成とはみなしません。": (
        "It is not counted: you are left out of the count, and not deemed to have voted for."
    ),
    "未提出として取り扱います。": "It is treated as none.",
    "貴団体の回答は、議案の内容が変更される前のものであり、無効となりました。": (
        "Your answer became void, as the motions were changed afterwards."
    ),
    "変更後の回答がないため、賛否のいずれにも算入しません。賛成とはみなしません。": (
        "Without an answer on the changed motions you are counted neither for nor against, and not deemed to "
        "have voted for."
    ),
    "期限までに、貴団体からの提出はありませんでした。": "You returned no ballot by the deadline.",
    "回答の後に議案の内容が変更されたため、無効としました。": (
        "It is void, as the motions were changed after the answer."
    ),
    "退会の後に受け付けたため、算入していません。": "It was received after you had left, and is not counted.",
    "有効な回答として集計しました。": "It was counted as your answer.",
    "{number} を有効な回答としました。": "{number} is the answer that counts.",
    "{number} を有効な回答とし、{filled}については規則によりこの回答を用いました。": (
        "{number} is the answer that counts; by the rules this one was used for {filled}."
    ),
    "{number} を有効な回答としたため、集計には用いていません。": (
        "{number} is the answer that counts, so this one was not used."
    ),
    "、": ", ",
    "{favour}(提出)": "{favour} (sent)",
    "{favour}(みなし)": "{favour} (deemed)",
}
