"""Accounts, roles, organisations and tokens.

Each function takes the parsed arguments and returns an exit status or None.
"""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from datetime import UTC, datetime, time

from ortaq.cli.shared import account, organisation, ready
from ortaq.engine.access import PUBLIC
from ortaq.people import actions as people
from ortaq.people.models import Role, User


def user_add(args: Namespace) -> None:
    ready()
    password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    people.add_user(args.email, password, language=args.interface)
    print(f"{args.email} can sign in.")


def user_list(args: Namespace) -> None:
    ready()
    for user in User.objects.order_by("email"):
        held = [
            f"{role.role}@{role.organisation or '-'}"
            for role in Role.objects.filter(holder=user.actor, state="published")
        ]
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
