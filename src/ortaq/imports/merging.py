"""Two descriptions of one thing side by side, and the one that comes of them; nothing is lost unasked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.engine import actions, kinds, store
from ortaq.engine.access import View
from ortaq.engine.fields import Group, Term, Text
from ortaq.engine.fields.base import Context, Field
from ortaq.engine.fields.group import ID
from ortaq.engine.ids import occurrence
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import L
from ortaq.engine.outputs.compare import Shown, shown
from ortaq.engine.outputs.form import ordered
from ortaq.engine.problems import Absent, Problem
from ortaq.imports import opening, twins
from ortaq.imports import sheet as sheets
from ortaq.imports.mapping import Mapping as Rules
from ortaq.imports.models import MERGED, ImportedRow, ImportJob, Twin
from ortaq.imports.rows import Builder
from ortaq.people.actors import Member

STAYS, COMES, BOTH = "stays", "comes", "both"


@dataclass(frozen=True)
class Side:
    """One field in which the two differ. ``chosen`` loses nothing where that is possible."""

    name: str
    label: L
    stays: Shown
    comes: Shown
    both: bool
    chosen: str


def sides(kind: type[Kind], view: View, other: Mapping[str, Any], context: Context) -> list[Side]:
    """The fields, in the order of the form, of which the other description says something else."""
    return [
        Side(
            field.name,
            field.label,
            shown(field, old, context),
            shown(field, new, context),
            both=old is not None and _joins(field),
            chosen=COMES if old is None else BOTH if _joins(field) else STAYS,
        )
        for field, old, new in _differing(kind, view, other)
    ]


def merged(kind: type[Kind], view: View, other: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """The data of ``view`` with what was chosen of the other; what was not chosen stays as it is."""
    data = {field.name: view.data[field.name] for field in ordered(kind, view) if field.name in view.data}
    for field, old, new in _differing(kind, view, other):
        choice = chosen.get(field.name, STAYS)
        if choice == COMES:
            data[field.name] = new
        elif choice == BOTH and _joins(field):
            data[field.name] = new if old is None else _joined(field, old, new)
    return data


def _differing(kind: type[Kind], view: View, other: Mapping[str, Any]) -> Iterator[tuple[Field, Any, Any]]:
    for field in ordered(kind, view):
        old, new = view.data.get(field.name), other.get(field.name)
        if new is not None and _plain(new) != _plain(old) and not (old and _joins(field) and _says_less(new, old)):
            yield field, old, new


def _plain(value: Any) -> Any:
    """A value without the ids of occurrences, which two descriptions never share."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {key: inner for key, inner in value.items() if key != ID} if isinstance(value, dict) else value


def _says_less(new: Any, old: Any) -> bool:
    """Whether everything in a list or language map is there already."""
    if isinstance(new, dict):
        return all(old.get(lang) == text for lang, text in new.items())
    return all(_there(_plain(one), [_plain(other) for other in old]) for one in new)


def _there(one: Any, others: list[Any]) -> bool:
    """Whether one of the others says all that this one says; a name is there also without its kind."""
    if not isinstance(one, dict):
        return one in others
    return any(all(other.get(key) == value for key, value in one.items()) for other in others)


def _joins(field: Field) -> bool:
    return isinstance(field, Group | Text) or (isinstance(field, Term) and field.many)


def _joined(field: Field, old: Any, new: Any) -> Any:
    if isinstance(field, Text):
        return {**new, **old}
    if not isinstance(field, Group):
        return list(dict.fromkeys([*old, *new]))
    there, taken = [_plain(row) for row in old], {row[ID] for row in old}
    more = [row for row in new if not _there(_plain(row), there)]
    return [*old, *({**row, ID: occurrence() if row[ID] in taken else row[ID]} for row in more)]


def row_data(reader: Member, job: ImportJob, number: int) -> dict[str, Any]:
    """What a row of the file says, cleaned. Raises Absent, Problem, Problems."""
    rules, kind = Rules.parse(job.mapping), kinds.KINDS[job.kind]
    sheet = sheets.read(store.path(job.file), name=job.name, sheet=rules.sheet, encoding=rules.encoding)
    opening.fits(rules, sheet)
    row = next((row for row in sheet if row.number == number), None)
    if row is None:
        raise Absent(str(number))
    built = Builder(kind, rules, reader.lang, sheet.crs).build(row.cells)
    return twins.whole(actions.prepare(reader, job.kind, built.data, owner=job.organisation))


def into_record(
    reader: Member, twin: Twin, view: View, data: dict[str, Any], *, base: int, verb: str, reason: str
) -> None:
    """Writes a row into a record that is there, or proposes it. Raises Problem, Problems, Conflict, Forbidden."""
    if _in(twin):
        raise Problem("row", _("This row is in already: it became a record, or went into one."))
    revision = view.record.revision
    with transaction.atomic():
        if data == {field: value for field, value in view.data.items() if field in data}:
            pass  # nothing of the row was chosen: it is in all the same
        elif verb == "revise":
            revision = actions.revise(reader, view.record.id, data, base_revision=base, reason=reason).revision
        else:
            actions.propose(reader, view.record.id, data, base_revision=base, reason=reason)
        Twin.objects.filter(job=twin.job_id, row=twin.row).update(choice="skip")
        twin.choice, twin.revision = MERGED, revision
        twin.save(update_fields=["choice", "revision"])


def _in(twin: Twin) -> bool:
    """Whether the row became a record of its own or went into another one than this."""
    others = Twin.objects.filter(job=twin.job_id, row=twin.row, choice=MERGED).exclude(id=twin.id)
    return others.exists() or ImportedRow.objects.filter(run=twin.job.run_id, row=twin.row).exists()


def records(reader: Member, goes: View, stays: View, chosen: Mapping[str, str], *, base: int, reason: str) -> None:
    """Merges one record into another that stays. Raises Problems, Conflict, Forbidden."""
    kind = stays.kind
    if kind is None or goes.record.kind != stays.record.kind:
        raise Problem("merge", _("Two different published records of the same kind can be merged."))
    data = merged(kind, stays, goes.data, chosen)
    same = all(stays.data.get(name) == value for name, value in data.items())
    actions.merge(
        reader,
        goes.record.id,
        stays.record.id,
        data=None if same else data,
        base_revision=base or stays.record.revision,
        reason=reason,
    )
