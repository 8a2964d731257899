"""What several commands need: tables that are up to date, an account, an organisation, a line of progress."""

from __future__ import annotations

import sys
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, terms
from ortaq.engine.problems import Problem
from ortaq.people import access as people_access
from ortaq.people.actors import Member
from ortaq.people.models import User


def ready() -> None:
    """Makes or upgrades the tables of the data folder, and takes in the labels that were accepted there."""
    settings.ORTAQ_DATA.mkdir(parents=True, exist_ok=True)
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0, interactive=False)
    terms.refresh()


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
