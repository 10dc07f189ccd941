"""Files in and out: frozen facts go in, finished bytes come out.

The same facts give the same bytes, whatever was made before: no clock, no chance and no database here.
Japanese sentences that rest on rules or numbers are made in ``wording`` alone.
"""
