"""Short lists in the order of the reader's alphabet.

The index sorts with ICU, which costs a process 49 MB; a list of a few labels does not need it.
"""

from __future__ import annotations

LETTERS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}


def place(lang: str, text: str) -> list[int]:
    """Where ``text`` stands among others: what is no letter of the alphabet comes first."""
    letters = LETTERS.get(lang, LETTERS["en"])
    if lang == "az":
        text = text.replace("İ", "i").replace("I", "ı")
    return [letters.find(c) for c in text.lower()]
