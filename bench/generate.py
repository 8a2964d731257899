"""Made-up heritage objects of realistic size: 15 ± 5 field groups, about 1.5 KB of text in four languages.

The same seed gives the same objects. A *field group* is one occurrence of a repeated group, or one
scalar group of ``domain.md`` §1.3: classification, location, description, value, fabric, research, rights.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from bench import words

TEXT = 1_500  # bytes of running text a record, on the average
SCALARS = {
    "country": "location",
    "admin_unit": "location",
    "place": "location",
    "address": "location",
    "access": "location",
    "object_type": "classification",
    "legal_type": "classification",
    "summary": "description",
    "history": "description",
    "significance": "value",
    "fabric": "fabric",
    "finds": "research",
    "rights": "rights",
}
REGIONS = {
    "KZ": ("kz-turkistan", "kz-abai", "kz-akmola", "kz-turkistan-otyrar", "kz-abai-ayagoz", "kz-akmola-burabay"),
    "AZ": ("az",),
}
CATEGORIES = {"KZ": ("kz_republican", "kz_local", "kz_preliminary"), "AZ": ("az_world", "az_country", "az_local")}
LEGAL = {
    "KZ": ("kz_archaeology", "kz_architecture", "kz_sacral"),
    "AZ": ("az_architecture", "az_archaeology", "az_decorative"),
}
GRADES = ("good", "satisfactory", "unsatisfactory", "emergency", "ruined")
THREATS = ("groundwater", "damp", "salts", "freeze_thaw", "earthquake", "neglect", "tourism", "looting")
USES = ("museum", "worship", "pilgrimage", "tourism", "not_used", "research")
METHODS = ("documented", "stylistic", "traditional", "disputed")
PRECISIONS = ("exact", "exact", "1km", "10km", "district")


def objects(count: int, *, seed: int = 1, acts: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """``count`` raw bodies of heritage objects; ``acts`` are permanent numbers of legal acts to link to."""
    draw = random.Random(seed)
    for number in range(count):
        yield one(draw, number, acts)


def one(draw: random.Random, number: int, acts: Sequence[str]) -> dict[str, Any]:
    """One object: what publishing needs, then optional groups until its drawn size is reached."""
    country = draw.choice(("KZ", "KZ", "AZ"))
    data = required(draw, number, country)
    wanted = round(min(20, max(10, draw.gauss(15, 2.5))))
    fillers = list(optional(draw, number, country, acts))
    draw.shuffle(fillers)
    for name, row in fillers:
        if groups(data) >= wanted:
            break
        data.setdefault(name, []).append(row)
    return data


def groups(data: dict[str, Any]) -> int:
    """Field groups of a raw or cleaned body."""
    repeated = sum(len(value) for name, value in data.items() if name not in SCALARS)
    return repeated + len({SCALARS[name] for name in data if name in SCALARS})


def required(draw: random.Random, number: int, country: str) -> dict[str, Any]:
    thing = draw.choice(words.THINGS[country])
    first, second = draw.choice(words.FIRST), draw.choice(words.SECOND)
    names = [form.format(f"{a} {b} {number}") for form, a, b in zip(thing.names, first, second, strict=True)]
    kinds = {"KZ": ("official", "transliteration"), "AZ": ("transliteration", "official")}[country]
    west, south, east, north = draw.choice(words.BOXES[country])
    point = [round(draw.uniform(west, east), 6), round(draw.uniform(south, north), 6)]
    date, lang = draw.choice(words.DATES)
    return {
        "country": country,
        "names": [
            {"name": {"text": text, "lang": code}, "kind": kind}
            for text, code, kind in zip(names, words.LANGS, (*kinds, "variant", "variant"), strict=True)
        ],
        "object_type": [thing.code],
        "legal_type": draw.choice(LEGAL[country]),
        "admin_unit": draw.choice(REGIONS[country]),
        "place": {"geometry": {"type": "Point", "coordinates": point}, "precision": draw.choice(PRECISIONS)},
        "dating": [
            {"date": {"text": date.format(draw.choice(words.CENTURIES)), "lang": lang}, "method": draw.choice(METHODS)}
        ],
        "summary": text(draw, words.SUMMARIES, 3),
        "history": text(draw, words.HISTORIES, 2),
        "fabric": text(draw, words.FABRIC, 1),
        "sources": [{"source": {"text": f"Field survey, sheet {number}", "certainty": draw.choice("VHML")}}],
    }


def text(draw: random.Random, sentences: Sequence[words.FOUR], most: int) -> dict[str, Any]:
    """The same one to ``most`` sentences in each of two to four languages."""
    chosen = draw.sample(sentences, draw.randint(1, most))
    figures = [draw.randint(2, 40) for _ in chosen]
    langs = draw.sample(range(4), draw.randint(2, 4))
    return {
        words.LANGS[at]: {"text": " ".join(s[at].format(n) for s, n in zip(chosen, figures, strict=True))}
        for at in sorted(langs)
    }


def optional(
    draw: random.Random, number: int, country: str, acts: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(group, occurrence) of everything an object may also have, more than it will get."""
    year = draw.randint(1980, 2024)
    act = {"act": draw.choice(acts)} if acts else {}
    yield "register", {"list": "Bench list", "number": f"{number}-{draw.randint(1, 9)}", **act}
    yield (
        "protection",
        {"category": draw.choice(CATEGORIES[country]), "action": "granted", "valid": {"from": str(year)}, **act},
    )
    yield "passport", {"document": "passport", "number": str(number), "date": str(year)}
    for _ in range(2):
        yield (
            "condition",
            {
                "date": str(draw.randint(2000, 2025)),
                "grade": draw.choice(GRADES),
                "note": {"ru": {"text": words.FABRIC[0][2].format(draw.randint(1, 9))}},
            },
        )
        yield "threats", {"threat": draw.choice(THREATS)}
        yield "dimensions", {"what": "height", "size": {"value": str(draw.randint(2, 40)), "unit": "m"}}
        yield "notes", {"fact": {"en": {"text": words.HISTORIES[0][3].format(draw.randint(2, 9))}}}
    yield "use", {"use": draw.choice(USES), "visitors": draw.randint(0, 90_000)}
    yield "ownership", {"owner": {"name": f"Owner {number}"}}
    yield "attribution", {"agent": {"name": f"Master {number % 97}"}, "role": "builder"}
    yield "names", {"name": {"text": f"{draw.choice(words.FIRST)[2]} {year}", "lang": "ru"}, "kind": "historic"}
