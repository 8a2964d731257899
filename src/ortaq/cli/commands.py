"""What each command does. Each function takes the parsed arguments and returns an exit status or None."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from ortaq.cli import running
from ortaq.demo import build as demo_build
from ortaq.engine import access, backup as backups, check as checks, node
from ortaq.engine.access import PUBLIC
from ortaq.engine.problems import Problem, Problems
from ortaq.exchange import bundle as bundles
from ortaq.imports import actions as import_actions, exports
from ortaq.imports.mapping import Mapping
from ortaq.people import access as people_access, actions as people
from ortaq.people.actors import Member
from ortaq.people.models import Role, User
from ortaq.search import health
from ortaq.search.consumer import rebuild


def ready() -> None:
    """Makes or upgrades the tables of the data folder."""
    settings.ORTAQ_DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)


def init(args: Namespace) -> None:
    ready()
    recovery = node.init(args.prefix.upper(), args.country.upper(), args.name)
    print(f"The node {args.prefix.upper()} is ready in {settings.ORTAQ_DATA}.")
    print(f"Its recovery key is shown only now. Keep it on paper: {recovery}")


def demo(args: Namespace) -> int:
    ready()
    running.refuse_taken(args.host, args.port)
    if node.here() is None:
        print("Making the demo node: organisations, places, acts and heritage objects.")
        node.init("ORTAQ", "KZ", "Ortaq demo")
        accounts = demo_build.build(print)
    else:
        accounts = demo_build.accounts()
    print(demo_build.table(accounts))
    return running.serve(args.host, args.port, worker=True, open_browser=not args.no_open)


def serve(args: Namespace) -> int:
    ready()
    running.refuse_taken(args.host, args.port)
    return running.serve(args.host, args.port, worker=not args.no_worker, open_browser=False)


def worker(args: Namespace) -> int:
    ready()
    return running.worker()


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


def index(args: Namespace) -> int:
    ready()
    if args.what == "rebuild":
        print(f"{rebuild()} documents")
        return 0
    state, _status = health.report()
    print(state["index"])
    return 0 if state["index"]["lag"] == 0 else 1


def check(args: Namespace) -> int:
    ready()
    faults = 0
    for finding in checks.check():
        faults += finding.code != "erased"
        print(f"{finding.code}\t{finding.where}\t{finding.message}")
    print("No faults." if not faults else f"{faults} faults.")
    return 1 if faults else 0


def bundle(args: Namespace) -> None:
    ready()
    if args.what == "export":
        tokens = frozenset(args.audience.split(",")) if args.audience else None
        print(bundles.export(Path(args.file), audience=tokens))
    else:
        print(bundles.receive(Path(args.file)))


def backup(args: Namespace) -> None:
    ready()
    backups.backup(Path(args.file))
    print(f"{args.file} holds the node with its keys. Keep it where nobody else reads it.")


def restore(args: Namespace) -> None:
    ready()
    backups.restore(Path(args.file))
    here = node.this()
    print(f"The node {here.prefix} is back and begins epoch {here.epoch}. Rebuild the index: ortaq index rebuild")


def user_add(args: Namespace) -> None:
    ready()
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    people.add_user(args.email, password, language=args.interface)
    print(f"{args.email} can sign in.")


def user_list(args: Namespace) -> None:
    ready()
    for user in User.objects.order_by("email"):
        held = [f"{role.role}@{role.organisation or '-'}" for role in Role.objects.filter(holder=user.actor, state="published")]
        print(f"{user.email}\t{user.actor}\t{', '.join(held)}")


def user_role(args: Namespace) -> None:
    ready()
    user = account(args.email)
    held_in = organisation(PUBLIC, args.organisation) if args.organisation else None
    if args.end:
        roles = Role.objects.filter(holder=user.actor, role=args.role, state="published")
        for role in roles if held_in is None else roles.filter(organisation=held_in):
            people.end_role(None, role.id)
            print(f"{args.email} is no longer {args.role}.")
        return
    until = datetime.combine(datetime.fromisoformat(args.until).date(), time.max, UTC) if args.until else None
    people.give_role(
        None, user, args.role, organisation=held_in, country=args.country.upper(), region=args.region, until=until
    )
    print(f"{args.email} is {args.role}.")


def user_organisation(args: Namespace) -> None:
    ready()
    name = {"name": {"text": args.name, "lang": args.name_language}, "kind": "official"}
    record = people.add_organisation({"country": args.country.upper(), "names": [name]})
    print(record.pid)


def user_token(args: Namespace) -> None:
    ready()
    print(people.new_token(account(args.email), args.name))


def account(email: str) -> User:
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        raise Problem("email", _("There is no account “%(email)s”."), email=email)
    return user


def signed_in(email: str) -> Member:
    member = people_access.of_email(email)
    if member is None:
        raise Problem("email", _("There is no account “%(email)s”."), email=email)
    return member


def organisation(reader: access.Reader, key: str) -> UUID:
    return access.get(reader, key).record.id


def show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} / {total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


