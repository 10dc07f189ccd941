"""What is said in Japanese about the rows of a members' roll, with the remedy.  Facts stand in braces."""

ROLL_SENTENCES = {
    "cell-error": "「{column}」のセルがエラー値(#N/A など)です。正しい値を入力してください。",
    "cell-formula": (
        "「{column}」の数式に計算結果が保存されていません。"
        "Excelで開いて上書き保存するか、値を入力してください。"
    ),
    "row-total": "集計行とみなし、読み飛ばしました。",
    "row-heading": "見出しの繰り返しとみなし、読み飛ばしました。",
    "row-note": "注記とみなし、読み飛ばしました。",
    "row-unknown": "会員番号も団体名もないため、読み飛ばしました。",
    "row-hidden": "シート上で非表示の行です。会員として読み込みます。不要な場合は行を削除してください。",
    "member-missing": "会員番号がありません。会員番号を入力するか、行を削除してください。",
    "member-unusable": (
        "会員番号 {text} に使えない文字があるか、長すぎます。64文字以内で入力し直してください。"
    ),
    "member-folded": "会員番号「{text}」を「{read}」と読み取りました。",
    "member-twice": (
        "会員番号が重複しています({first}行目と{second}行目)。どちらかの番号を直すか、行を削除してください。"
    ),
    "name-missing": "団体名がありません。団体名を入力してください。",
    "name-trimmed": "団体名の前後の空白を除きました。",
    "name-too-long": "団体名が長すぎます。{limit}文字以内で入力してください。",
    "name-lost": (
        "団体名「{text}」は、文字が失われて「?」になっているようです。"
        "正しい文字を入力し、UTF-8形式で保存してください。"
    ),
    "name-lost-code": (
        "団体名「{text}」は、文字が失われて「?」になっているようです。"
        "団体コード {hint} の正しい団体名を入力してください。"
    ),
    "name-control": "団体名 {text} に、表示されない制御文字が入っています。削除して入力し直してください。",
    "name-invisible": "団体名に、幅のない見えない文字が入っています。不要な場合は削除してください。",
    "name-private": (
        "団体名「{text}」に外字があります。他の環境では表示されません。標準の文字に置き換えてください。"
    ),
    "code-check-digit": (
        "「{column}」の {text} は検査数字が一致しません({offer} ではありませんか)。確認して直してください。"
    ),
    "code-repair": (
        "「{column}」の {text} は桁が足りません({offer} ではありませんか)。確認して直してください。"
    ),
    "code-unknown": (
        "「{column}」の {text} は、団体コード(6桁)でも法人番号(13桁)でもありません。"
        "直すか、空欄にしてください。"
    ),
    "code-folded": "「{column}」の {text} を {read} と読み取りました。",
    "code-repaired": "「{column}」の {text} を、確認のうえ {read} として読み取りました。",
    "code-twice": (
        "同じ団体コード・法人番号({text})が{first}行目にもあります。二重登録でないか確認してください。"
    ),
    "address-no-domain": (
        "「{column}」の {text} はドメイン名が不完全です。「@」の後ろを確認して直してください。"
    ),
    "address-unusable": "「{column}」の {text} はメールアドレスとして使えません。直すか、削除してください。",
    "address-blank": (
        "「{column}」の「{text}」は、途中に空白又は改行があるため、メールアドレスとして使えません。"
        "空白と改行を削除してください。複数のアドレスは「;」で区切ってください。"
    ),
    "address-folded": "「{column}」を {read} と読み取りました。",
    "addresses-several": "「{column}」を {read} と読み取りました。",
    "value-read": "「{column}」を {read} と読み取りました。",
    "has-left": (
        "「{column}」が {day} のため、基準日がこの日以後の名簿には載りません(会員の記録には残します)。"
    ),
    "address-none": "メールアドレスがありません。連絡は郵送に限られます。",
    "postcode-unsound": (
        "「{column}」の {text} は郵便番号として読み取れません。"
        "7桁の数字で入力してください(このままでは宛名に印字しません)。"
    ),
    "field-unprintable": "「{column}」に使えない文字(制御文字など)があります。入力し直してください。",
    "field-too-long": "「{column}」が長すぎます。{limit}文字以内で入力してください。",
    "no-address-column": "メールアドレスの列がありません。連絡は郵送に限られます。",
    "no-members": "会員の行がありません。見出しの下に会員を入力してください。",
    "votes-not-positive": "「{column}」の {text} は使えません。議決権数は0より大きい数を入力してください。",
    "votes-places": "「{column}」の {text} は小数点以下が6桁を超えています。6桁以内で入力してください。",
    "votes-no-number": "「{column}」の {text} は数として読み取れません。数字だけを入力してください。",
    "votes-too-many": "「{column}」の {text} は大きすぎます。数を確認してください。",
    "date-unreadable": (
        "「{column}」の {text} は日付として読み取れません。"
        "「令和6年9月27日」や「2024/9/27」の形で入力してください。"
    ),
    "date-weekday": "「{column}」の {text} は曜日が合いません(正しくは {true})。日付か曜日を直してください。",
    "date-era": (
        "「{column}」の {text} は元号の期間を外れています({true} ではありませんか)。確認して直してください。"
    ),
    "date-serial": (
        "「{column}」の {text} は日付でなく数値です({offer} ではありませんか)。"
        "セルの書式を日付にしてください。"
    ),
    "left-before-joined": "「{column}」が入会日より前です。入会日と退会日を確認して直してください。",
}
