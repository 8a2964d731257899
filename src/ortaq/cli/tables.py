"""Tables in and out.

Each function takes the parsed arguments and returns an exit status or None.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.cli.shared import organisation, ready, show_progress, signed_in
from ortaq.engine.access import PUBLIC
from ortaq.engine.problems import Problem
from ortaq.imports import actions as import_actions
from ortaq.imports import exports
from ortaq.imports.mapping import Mapping


def import_(args: Namespace) -> int:
    ready()
    member = signed_in(args.email)
    if args.undo:
        undone = import_actions.undo(member, UUID(args.undo))
        print(undone)
        return 0
    if not (args.file and args.kind and args.mapping):
        raise Problem("usage", _("Name a file, --kind and --mapping, or --undo with the number of an import."))
    owner = organisation(member, args.owner) if args.owner else member.organisation
    report = import_actions.run(
        member,
        Path(args.file),
        Mapping.read(Path(args.mapping)),
        kind=args.kind,
        owner=owner,
        state=args.state,
        dry_run=args.dry_run,
        progress=show_progress,
        rejected=Path(args.rejected) if args.rejected else None,
    )
    print(report)
    return 1 if report.rejected else 0


def export(args: Namespace) -> None:
    ready()
    reader = signed_in(args.email) if args.email else PUBLIC
    count = exports.write(reader, args.kind, Path(args.file))
    print(f"{count} records in {args.file}")
