"""Revise a record one may edit. Inverse: revert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, kinds
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Record
from ortaq.engine.problems import Conflict, Problem, Problems
from ortaq.engine.projection import with_hidden
from ortaq.engine.traced import DRAFT, PUBLISHED


def revise(actor: Reader, id_: UUID, data: Any, *, base_revision: int, reason: str = "") -> Record:
    """The record with ``data`` in the place of what the actor saw at ``base_revision``.

    Raises Absent, Forbidden, Problems, and Conflict when somebody saved in between.
    """
    reason = base.reason_text(reason)
    with base.changing(actor, Record, id_, "revise") as record:
        kind = base.known_kind(record.kind)
        view = access.views(actor, [record])[0]
        new = base.cleaned(actor, kind, data, publishing=record.state != DRAFT, closed=view.closed)
        if record.revision != base_revision:
            raise conflict(actor, view, new, base_revision)
        new = with_hidden(record.kind, view._whole, view.data, new)
        if record.state == PUBLISHED:
            refuse_guarded(kind, view._whole, new)
        store(actor, record, kind, new, view, action="revise", reason=reason)
    return record


def store(
    actor: Reader,
    record: Record,
    kind: type[kinds.Kind],
    new: dict[str, Any],
    view: access.View,
    *,
    action: str,
    reason: str,
) -> None:
    """Writes ``new`` as the next revision; closed parts whose content is the same keep their commitment."""
    opened, parts, dropped = base.split_for(record, kind, new, set(view.opened))
    parts = {name: content for name, content in parts.items() if not _same(view, content) or name not in record.parts}
    narrows = any(f.part and record.data.get(f.name) != opened.get(f.name) for f in kind.fields)
    record.data, record.kind_version, record.reason = opened, kind.version, reason
    defaults = base.part_audiences(kind, new)
    for name in parts:
        record.part_audiences.setdefault(name, defaults[name])
    base.sign(actor, record, action, parts=parts, dropped=dropped, narrows=narrows)


def refuse_guarded(kind: type[kinds.Kind], old: dict[str, Any], new: dict[str, Any]) -> None:
    """Raises Problems when one person alone would change what needs two."""
    message = _("This needs a second person. Propose the change; somebody else accepts it.")
    guarded = kind.guarded(old, new)
    if guarded:
        raise Problems([Problem("second_person", message, path=(name,)) for name in guarded])


def conflict(actor: Reader, view: access.View, mine: dict[str, Any], base_revision: int) -> Conflict:
    """The three texts of a conflict, each as the actor may see it."""
    before = access.revision(actor, view.record, base_revision)
    return Conflict(before.data, mine, view.data, view.record.revision)


def _same(view: access.View, content: dict[str, Any]) -> bool:
    return all(view._whole.get(name) == value for name, value in content.items())
