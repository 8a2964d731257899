"""What an import did, row by row, and the file of the rows that were rejected."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ortaq.engine.outputs.table import quoted

SHOWN = 20  # row numbers in one line
LISTED = 1_000  # errors kept in the report; the file of rejected rows has them all


@dataclass(frozen=True)
class RowError:
    """One thing wrong with one row: ``text`` says what and what to do, in the language of who imports."""

    row: int
    column: str
    value: str
    text: str

    def __str__(self) -> str:
        values = {"row": self.row, "column": self.column, "value": self.value, "text": self.text}
        if not self.column:
            return _("Row %(row)s: %(text)s") % values
        return _("Row %(row)s, column %(column)s, “%(value)s”: %(text)s") % values


@dataclass
class Report:
    """Counts of rows: ``read`` were meant, ``created`` came in (``before`` of them in an earlier, broken attempt).

    ``unchanged`` are in since an earlier import, ``changed`` too but say something else now (row -> record);
    ``merged`` went into records that were there, ``left`` were left out because somebody said so.
    """

    run: UUID | None
    assumed: str = ""
    dry_run: bool = False
    read: int = 0
    created: int = 0
    before: int = 0
    rejected: int = 0
    unchanged: int = 0
    merged: int = 0
    left: int = 0
    changed: dict[int, UUID] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rejected_file: Path | None = None

    def __str__(self) -> str:
        counts = {"read": self.read, "created": self.created, "rejected": self.rejected}
        lines = [self.assumed, *self.warnings, *map(str, self.errors)]
        if self.rejected > len({error.row for error in self.errors}):
            lines.append(_("More rows were rejected: see the file."))
        if self.dry_run:
            lines.append(_("%(read)s rows were checked: %(created)s are good, %(rejected)s are not.") % counts)
        else:
            lines.append(_("%(read)s rows were read: %(created)s came in, %(rejected)s were rejected.") % counts)
        lines += self.others()
        if self.rejected_file:
            lines.append(_("The rejected rows are in %(file)s") % {"file": self.rejected_file})
        if self.run:
            lines.append(_("Number of this import: %(run)s") % {"run": self.run})
        return "\n".join(line for line in lines if line)

    def others(self) -> list[str]:
        """What became of the rows that neither came in nor were rejected."""
        lines = []
        if self.unchanged:
            lines.append(_("Here since an earlier import and unchanged: %(count)s") % {"count": self.unchanged})
        if self.changed:
            rows = ", ".join(map(str, list(self.changed)[:SHOWN])) + (" …" if len(self.changed) > SHOWN else "")
            values = {"count": len(self.changed), "rows": rows}
            lines.append(_("Here since an earlier import, but the row says something else now: %(count)s") % values)
            lines.append(_("Rows: %(rows)s") % values)
        if self.merged:
            lines.append(_("Merged into records that were here: %(count)s") % {"count": self.merged})
        if self.left:
            lines.append(_("Left out as you chose: %(count)s") % {"count": self.left})
        return lines


@dataclass
class UndoReport:
    """``withdrawn`` records are gone again; ``edited`` ones were changed since and stay, by pid or UUID.

    ``merged`` were there before the import and keep what they took in.
    """

    withdrawn: int = 0
    edited: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [_("%(count)s records were withdrawn.") % {"count": self.withdrawn}]
        if self.edited:
            listed = {"list": ", ".join(self.edited)}
            lines.append(_("Changed since the import and therefore left as they are: %(list)s") % listed)
        if self.merged:
            listed = {"list": ", ".join(self.merged)}
            lines.append(
                _("There before the import; revert the merge in their history if it was wrong: %(list)s") % listed
            )
        if self.refused:
            lines.append(_("Not yours to withdraw any more: %(list)s") % {"list": ", ".join(self.refused)})
        return "\n".join(lines)


class Rejected:
    """The file of rejected rows: the columns of the source and ``error``. It appears with the first such row."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self.path, self.columns = path, [name for name in columns if name]
        self._file: Any = None

    def __enter__(self) -> Rejected:
        return self

    def add(self, cells: dict[str, str], errors: Sequence[str]) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow([*self.columns, "error"])
        row = [cells.get(name, "") for name in self.columns]
        self._writer.writerow([quoted(cell) for cell in (*row, " | ".join(errors))])

    @property
    def written(self) -> Path | None:
        return self.path if self._file else None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._file:
            self._file.close()
