"""How pieces, dates, languages, ranks and places are drawn in templates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from math import cos, radians
from typing import Any

from babel import Locale
from babel.dates import format_date, format_timedelta
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from ortaq.engine.fields.base import Piece
from ortaq.engine.geo import bbox, centre
from ortaq.engine.geo.written import STYLES
from ortaq.engine.labels import pick
from ortaq.engine.outputs.diff import Span
from ortaq.tiles.kept import every
from ortaq.vocab import terms
from ortaq.web.outlines import Frame, Ring, box, outline
from ortaq.web.thesaurus import explained

register = template.Library()

OTHER_NAMES = {"tr": "Türkçe", "ar": "العربية", "fa": "فارسی"}  # beside the languages of the interface
MACHINE = ("machine", "machine_checked")
MAP = (320, 180)  # units of the picture of a place
SMALL = 8  # units below which an area is drawn as a point
STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)  # degrees between the lines of that picture


def active() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def locale() -> str:
    """English dates are written day first, as in the other three languages."""
    return {"en": "en_GB"}.get(active(), active())


@register.simple_tag
def lang_of(code: str) -> SafeString:
    """`` lang="…"`` where a text is in another language than the page."""
    return format_html(' lang="{}"', code) if code and code != active() else SafeString("")


@register.simple_tag
def compass() -> str:
    """The decimal mark and the letters after degrees north, south, east, west, for coordinates that a script writes."""
    return json.dumps(STYLES.get(active(), STYLES["en"]), ensure_ascii=False)


@register.simple_tag
def map_base() -> str:
    """Where a map asks what it stands on: browsers keep the answer, so other tiles make another address."""
    tiles = ".".join(kept.version for kept in every())
    return reverse("map_base") + (f"?tiles={tiles}" if tiles else "")


@register.filter
def nearest(geometry: dict[str, Any]) -> str:
    """The address of the search for what lies nearest to a geometry."""
    lat, lon = centre(geometry)
    return f"{reverse('search')}?near={lat:.5f},{lon:.5f}"


@register.filter
def language(code: str) -> str:
    """A language by its own name, or for old ones by the name that the reader's language has for it."""
    return _language(code, active())


@lru_cache(maxsize=1_000)
def _language(code: str, reader: str) -> str:
    own = dict(settings.LANGUAGES) | OTHER_NAMES
    return own.get(code) or str(Locale.parse(reader).languages.get(code, code))


@register.filter
def said(pieces: Iterable[Piece], between: str = ", ") -> SafeString:
    """Pieces in one line, each with its language, link and note."""
    return SafeString(escape(between).join([_piece(p) for p in pieces]))


@register.filter
def plainly(pieces: Iterable[Piece], between: str = ", ") -> SafeString:
    """Pieces in one line without their notes."""
    return SafeString(escape(between).join([_words(p) for p in pieces]))


def _piece(piece: Piece) -> SafeString:
    shown = _explained(piece) or _words(piece)
    if piece.note:
        shown = format_html('{} <span class="soft small">({})</span>', shown, piece.note)
    if piece.origin in MACHINE:
        note = (
            gettext("machine translation, checked by a person")
            if piece.origin == MACHINE[1]
            else gettext("machine translation")
        )
        shown = format_html('{} <span class="certainty">{}</span>', shown, note)
    return shown


def _explained(piece: Piece) -> SafeString:
    """A term as a link to what it means; what it is called in other languages is seen without going there."""
    found = explained(*piece.term, active()) if piece.term else None
    if found is None:
        return SafeString("")
    url, told = found
    return format_html('<a class="term" href="{}" title="{}"{}>{}</a>', url, told, lang_of(piece.lang), piece.text)


def _words(piece: Piece) -> SafeString:
    lang = lang_of(piece.lang)
    if piece.href.startswith(("https://", "http://", "/")):
        return format_html('<a href="{}"{}>{}</a>', piece.href, lang, piece.text)
    return format_html("<span{}>{}</span>", lang, piece.text) if lang else conditional_escape(piece.text)


@register.filter
def titled(titles: dict[str, str]) -> Piece:
    """The name in the reader's language or the stated fallback."""
    code, text = pick(titles, active())
    return Piece(text, code)


@register.filter
def rank(code: str) -> int | str:
    """The neutral rank 1 to 4 of a protection category, "" for none."""
    return terms.rank(code) or ""


@register.filter
def moment(time: datetime) -> str:
    """Day and time in the reader's language; all times of a node are UTC."""
    return f"{_day(time.date(), locale())}, {time:%H:%M} UTC"


@register.filter
def since(time: datetime) -> str:
    """How long ago, in one unit; Django's own ``timesince`` knows too little Kazakh."""
    return str(format_timedelta(timezone.now() - time, locale=locale()))


@register.filter
def ago(time: datetime) -> SafeString:
    """The same seen from now, "2 hours ago", with the moment itself at hand."""
    text = format_timedelta(time - timezone.now(), add_direction=True, locale=locale())
    return format_html('<time datetime="{}" title="{}">{}</time>', time.isoformat(), moment(time), text)


@register.filter
def day(time: datetime | date | None) -> str:
    """The day of a moment, or a day, as people of the reader's language write it; nothing for nothing."""
    if time is None:
        return ""
    return _day(time.date() if isinstance(time, datetime) else time, locale())


@register.filter
def unstopped(text: str) -> str:
    """Without the full stop of an abbreviation, for the end of a sentence that has its own."""
    return text.removesuffix(".")


@register.filter
def on_day(date_: date) -> str:
    return _day(date_, locale())


@lru_cache(maxsize=4_000)
def _day(date_: date, locale_: str) -> str:
    return str(format_date(date_, "long", locale=locale_))


@register.filter
def spans(parts: Iterable[Span], tag: str) -> SafeString:
    """A compared text, what differs marked by ``ins`` or ``del``."""
    return format_html_join(
        "", "{}", ((format_html(f"<{tag}>{{}}</{tag}>", p.text) if p.changed else p.text,) for p in parts)
    )


@register.filter
def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@register.simple_tag
def drawn(geometry: dict[str, Any], country: str = "") -> dict[str, Any]:
    """A small picture of a place in units of ``MAP``: on the outline of its country, or on lines of degrees."""
    west, south, east, north = bbox(geometry)
    around = box(country) if country else None
    if around and around[0] <= west <= east <= around[2] and around[1] <= south <= north <= around[3]:
        frame = Frame.around(around, *MAP)
        found: dict[str, Any] = {"land": land(country)}
    else:
        squeeze = max(cos(radians((south + north) / 2)), 0.1)
        tall = max(north - south, (east - west) * squeeze * MAP[1] / MAP[0], 0.05) * 2.4
        wide = tall * MAP[0] / MAP[1] / squeeze
        frame = Frame.around(
            (
                (west + east - wide) / 2,
                (south + north - tall) / 2,
                (west + east + wide) / 2,
                (south + north + tall) / 2,
            ),
            *MAP,
        )
        found = _grid(frame, tall)
    (left, top), (right, bottom) = frame.at(west, north), frame.at(east, south)
    if geometry["type"] == "Point" or max(right - left, bottom - top) < SMALL:
        return found | {"point": ((left + right) / 2, (top + bottom) / 2)}
    if geometry["type"].endswith("Polygon"):
        return found | {"path": frame.path(_rings(geometry))}
    return found | {"path": f"M{left} {top}H{right}V{bottom}H{left}Z"}


@register.simple_tag
@lru_cache(maxsize=64)
def land(country: str) -> str:
    """The path of a country in a picture of ``MAP``, empty for one without an outline."""
    around = box(country)
    return Frame.around(around, *MAP).path(outline(country)) if around else ""


@register.simple_tag
def scaled(place: int, places: range) -> int:
    """Where a place of a scale stands on a line from 8 to 112."""
    return 8 + round(104 * place / max(len(places) - 1, 1))


def _grid(frame: Frame, tall: float) -> dict[str, Any]:
    """Lines of degrees, where no outline is at hand."""
    step = next((s for s in STEPS if tall / s <= 4), STEPS[-1])
    upright = [frame.at(lon, 0)[0] for lon in _lines(frame.west, frame.west + frame.across, step)]
    level = [frame.at(0, lat)[1] for lat in _lines(frame.north - tall, frame.north, step)]
    lines = [*(f"M{x} 0V{MAP[1]}" for x in upright), *(f"M0 {y}H{MAP[0]}" for y in level)]
    return {"grid": "".join(lines), "step": f"{step:g}°"}


def _lines(low: float, high: float, step: float) -> list[float]:
    first = int(low // step) + 1
    return [round(n * step, 6) for n in range(first, int(high // step) + 1)]


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    rings = [ring for polygon in polygons for ring in polygon]
    every = max(1, sum(map(len, rings)) // 400)  # a picture this small shows no more
    return [[(point[0], point[1]) for point in ring[::every]] for ring in rings]
