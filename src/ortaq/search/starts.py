"""How names begin: what is offered while somebody types.

A name can be begun at each of its words. The mark in front of a beginning says which: ``T`` the name as written,
``W`` one of its later words, ``S`` and ``V`` the same by sound, which meets in every script.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from ortaq.search.analysis import forms, words

WORDS = 8  # of a name that it can be begun at
LONGEST = 32  # characters of a beginning
SHORTEST = 2  # letters that somebody must have typed to be offered anything
FEWEST = 3  # sounds that somebody must have typed to be offered what only sounds like it

SCORES = {"T": 8.0, "W": 6.0, "S": 4.0, "V": 3.0}


def starts(name: str, lang: str | None) -> tuple[str, ...]:
    """Every beginning of a name, marked."""
    found: dict[str, None] = {}
    for exact, sounds in _readings(name, lang):
        for marks, parts in (("TW", exact), ("SV", sounds)):
            for at in range(min(len(parts), WORDS)):
                found[marks[min(at, 1)] + " ".join(parts[at:])[:LONGEST]] = None
    return tuple(found)


def begun(text: str, lang: str | None) -> list[str]:
    """What a beginning of a name must start with to be meant by ``text``; the best first, none twice."""
    readings = [*_readings(text, lang), *_readings(text, None)]
    exact = [" ".join(parts)[:LONGEST] for parts, _sounds in readings]
    sounds = [" ".join(parts)[:LONGEST] for _exact, parts in readings]
    kept = {"T": exact, "W": exact, "S": sounds, "V": sounds}
    enough = {"T": SHORTEST, "W": SHORTEST, "S": FEWEST, "V": FEWEST}
    return list(dict.fromkeys(m + form for m, found in kept.items() for form in found if len(form) >= enough[m]))


def score(name: str, lang: str | None, wanted: list[str]) -> float:
    """How well a name begins with what is ``wanted``; 0 when it does not."""
    own = _kept(name, lang)
    return max((SCORES[form[0]] for form in wanted if any(start.startswith(form) for start in own)), default=0.0)


_kept = lru_cache(maxsize=1_024)(starts)  # with every letter that somebody types, mostly the same names are looked at


def _readings(text: str, lang: str | None) -> list[tuple[list[str], list[str]]]:
    """The words of ``text`` as written and as they sound, in the first and in the last reading of each."""
    found = [forms(word.text, lang) for word in islice(words(text, lang), 3 * WORDS) if not word.compound]
    found = [form for form in found if form.exact]
    first = [form.exact[0] for form in found], [(form.sounds or form.exact)[0] for form in found]
    last = [form.exact[-1] for form in found], [(form.sounds or form.exact)[-1] for form in found]
    return [first] if first == last else [first, last]
