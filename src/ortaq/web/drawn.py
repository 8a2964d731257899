"""Parts of pages that are drawn once for as long as everything that they show stays the same.

The key is the whole view as the gate handed it out, so two readers share a drawing only where they
are shown the same, and no change can leave an old one standing.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from ortaq.engine import terms
from ortaq.engine.access import View
from ortaq.engine.outputs.page import page
from ortaq.engine.outputs.timeline import timeline
from ortaq.web.around import Around
from ortaq.web.context import node_name
from ortaq.web.reading import address, lang

CLOSING = ("sources",)  # sections that stand after what refers to the record: what everything above rests on


def article(view: View, head: dict[str, Any]) -> SafeString:
    """The body of a record's page; ``head`` is what :func:`ortaq.web.reading.head` found."""
    if head.get("as_of"):  # there are as many of these as days: kept, they would drive out what is asked for often
        return SafeString(_draw(view, head))
    kept = caches["drawn"]
    key = _key(view, head)
    found = kept.get(key)
    if found is None:
        found = _draw(view, head)
        kept.set(key, found)
    return SafeString(found)


def _draw(view: View, head: dict[str, Any]) -> str:
    owner = view.names.get(str(view.record.owner))
    around: Around = head["around"]
    shown = page(view, lang(), address)
    own = {
        "page": shown,
        "texts": [section for section in shown.texts if section.name not in CLOSING],
        "closing": [section for section in shown.texts if section.name in CLOSING],
        "timeline": timeline(view, lang(), address, head.get("as_of")),
        "owner": owner,
        "related": around.related(),
        "most": around.most,
        "trend": around.trend(view),
        "verified": around.verified,
        "node_name": node_name(),
    }
    return render_to_string("ortaq/record_article.html", head | own)


def _key(view: View, head: dict[str, Any]) -> str:
    """A digest of all that the article is made of; what has an end may be over tomorrow."""
    row = {name: value for name, value in vars(view.record).items() if name != "_state"}
    names = [(id_, other.key, other.title) for id_, other in sorted(view.names.items())]
    seen = (row, view.data, view.title, names, sorted(view.opened), sorted(view.closed))
    beside = (head["around"].seen(), head["rights"], head["permanent"], node_name())
    return sha256(repr((seen, beside, get_language(), date.today(), terms.version())).encode()).hexdigest()
