"""What all actions share: who may, on which row, and the transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, derive, kinds, log
from ortaq.engine.access import Reader
from ortaq.engine.fields.base import Context
from ortaq.engine.fields.unit import above
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Forbidden, Problem, Problems
from ortaq.engine.traced import Traced

T = TypeVar("T", bound=Traced)
LONGEST_REASON = 500


@contextmanager
def changing(actor: Reader, model: type[T], id_: UUID, verb: str) -> Iterator[T]:
    """The row to change, locked, after the right to ``verb`` was checked; raises Absent or Forbidden."""
    with transaction.atomic():
        thing = access.row(actor, model, id_, lock=True)
        require(actor, verb, thing)
        if thing.origin != log.node_id() and verb != "propose":
            raise Forbidden("foreign")  # a copy is changed where it comes from
        yield thing


def require(actor: Reader, verb: str, thing: Any) -> None:
    """Raises Forbidden unless ``actor`` may ``verb`` the thing, a row that may not be saved yet."""
    if actor.id is None or not actor.may(verb, thing):
        raise Forbidden(verb)


def sign(
    actor: Reader,
    thing: Traced,
    action: str,
    *,
    parts: dict[str, Any] | None = None,
    dropped: tuple[str, ...] = (),
    narrows: bool = False,
) -> Entry:
    """The entry of ``action`` in the actor's name."""
    by = log.actor_of(actor, actor.organisation)
    return log.write(thing, action, by, parts=parts, dropped=dropped, narrows=narrows)


def reason_text(reason: str, *, needed: bool = False) -> str:
    """A reason as it is kept; raises Problems when it is needed and missing, or too long."""
    text = " ".join(reason.split())
    if needed and not text:
        raise Problems([Problem("reason", _("Say why: others will read it in the history."), path=("reason",))])
    if len(text) > LONGEST_REASON:
        message = _("The reason is too long: at most %(limit)s characters fit.")
        raise Problems([Problem("too_long", message, path=("reason",), limit=LONGEST_REASON)])
    return text


def known_kind(slug: str) -> type[kinds.Kind]:
    kind = kinds.get(slug)
    if kind is None:
        raise Problems([Problem("kind", _("This node does not know the kind “%(kind)s”."), kind=slug)])
    return kind


def cleaned(
    actor: Reader, kind: type[kinds.Kind], data: Any, *, publishing: bool, closed: Collection[str] = ()
) -> dict[str, Any]:
    """``data`` in canonical shape with every link leading to something the actor may see; raises Problems.

    ``closed``: parts that are there and not his to read; what they hold is not missing.
    """
    country = data.get("country") if isinstance(data, dict) else None
    context = Context(
        lang=actor.lang,
        country=country if isinstance(country, str) else "",
        publishing=publishing,
        closed=frozenset(closed),
        find=lambda text: access.find(actor, text),
    )
    result = kind.clean(data, context)
    wrong = list(_missing_targets(actor, kind, result))
    if wrong:
        raise Problems(wrong)
    return result


def part_audiences(kind: type[kinds.Kind], data: dict[str, Any]) -> dict[str, list[str]]:
    """The default audience of each closed part that ``data`` fills."""
    filled = derive.split(kind, data)[1]
    return {name: sorted(_tokens(part.default, data)) for name, part in kind.parts.items() if name in filled}


def _tokens(defaults: tuple[str, ...], data: dict[str, Any]) -> set[str]:
    """Default tokens with the record's country, and ``{region}`` once for its unit and for each unit above."""
    country, regions = data.get("country", ""), above(data["admin_unit"]) if data.get("admin_unit") else []
    found = set()
    for token in defaults:
        if "{region}" in token:
            found |= {token.format(region=region) for region in regions}
        elif country or "{country}" not in token:
            found.add(token.format(country=country))
    return found


def split_for(
    record: Record, kind: type[kinds.Kind], data: dict[str, Any], readable: set[str]
) -> tuple[dict[str, Any], dict[str, Any], tuple[str, ...]]:
    """(open data, changed parts, dropped parts) for a writer who may read the parts in ``readable``.

    Who saves without a part's token leaves that part, and its public form, as it is.
    """
    opened, parts = derive.split(kind, data)
    kept = {name for name in record.parts if name not in readable}
    for field in kind.fields:
        if field.part in kept:
            opened.pop(field.name, None)
            if field.name in record.data:
                opened[field.name] = record.data[field.name]
    changed = {name: content for name, content in parts.items() if name not in kept}
    dropped = tuple(name for name in record.parts if name not in kept and name not in parts)
    return opened, changed, dropped


def _missing_targets(actor: Reader, kind: type[kinds.Kind], data: dict[str, Any]) -> Iterator[Problem]:
    targets = {UUID(to) for _p, _r, _role, to in derive.links(kind.slug, data) if "/" not in to}
    if not targets:
        return
    seen = set(access.visible(actor).filter(id__in=targets).values_list("id", flat=True))
    message = _("Nothing is known here as “%(value)s”. Give a permanent number such as KZ-000123 or a web address.")
    for target in sorted(targets - seen):
        yield Problem("link", message, value=target)
