"""A letterhead for tests of papers: everything set."""

LETTERHEAD = """
[letter]
to = ["会員各位"]
sender = ["架空協議会", "共同代表　架空県知事　架空 太郎", "共同代表　見本町長　見本 花子"]
seal = "omitted"

[numbers]
notice = "架協第41号"
result = "架協第48号"
minutes = "架協第52号"
errata = "架協第43号"

[dates]
notice = 2026-05-25
errata = 2026-06-02
minutes = 2026-06-20

[return]
to = "架空協議会　会長　様"
fax = "00-0000-0000"
mail = "office@example.jp"
post = "〒000-0000 架空県架空市1-1 架空協議会事務局"

[notice]
reason = "日頃から当協議会の運営に御協力をいただき、厚く御礼申し上げます。"
questions_until = 2026-06-05
enclosed = ["議案書", "書面表決書"]

[minutes]
signers = ["chair", "auditor"]
author = "事務局長　記録 次郎"
proposer = "議長　架空 一郎"
course = ["期間中に、第1号議案について1件の質問があり、全会員に回答した。"]
"""

# Members may name the chair, and nobody else.
TO_CHAIR = """
[proxy]
clause = "規約第14条"
"""
