"""What changes accounts and roles. Every role given or ended, also from the command line, is an entry."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import actions, log
from ortaq.engine.ids import uuid7
from ortaq.engine.models import Record
from ortaq.engine.problems import Forbidden, Problem, Problems
from ortaq.engine.traced import WITHDRAWN
from ortaq.people.actors import Member, Operator
from ortaq.people.models import ApiToken, Role, User
from ortaq.people.rights import MEMBERS, RIGHTS


def add_user(email: str, password: str, *, language: str = "en") -> User:
    """A new account whose e-mail address counts as verified; raises Problems."""
    from allauth.account.models import EmailAddress

    if User.objects.filter(email=email.lower()).exists():
        raise Problems([Problem("email", _("There is an account with this address already."), path=("email",))])
    try:
        validate_password(password)
    except ValidationError as error:
        raise Problems([Problem("password", message, path=("password",)) for message in error.messages]) from error
    with transaction.atomic():
        user = User.objects.create_user(email, password, language=language)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def set_password(email: str, password: str) -> bool:
    """Gives an account a new password; whether there is such an account."""
    user = User.objects.filter(email=email.lower()).first()
    if user is not None:
        user.set_password(password)
        user.save(update_fields=["password"])
    return user is not None


def give_role(
    giver: Member | None,
    user: User,
    role: str,
    *,
    organisation: UUID | None = None,
    country: str = "",
    region: str = "",
    until: datetime | None = None,
) -> Role:
    """A role from now on; ``giver`` None is the node itself, from its command line. Raises Forbidden, Problems."""
    if role not in RIGHTS:
        known = ", ".join(RIGHTS)
        message = _("“%(value)s” is not a role. Choose one of: %(known)s")
        raise Problems([Problem("role", message, path=("role",), value=role, known=known)])
    if role in MEMBERS and organisation is None:
        message = _("This role is held in an organisation: name it by its permanent number.")
        raise Problems([Problem("organisation", message, path=("organisation",))])
    node = log.node_id()
    if organisation and not country:
        country = Record.objects.filter(id=organisation).values_list("country", flat=True).first() or ""
    given = Role(
        origin=node,
        owner=organisation or node,
        author=giver.id if giver else node,
        holder=user.actor,
        role=role,
        organisation=organisation,
        country=country,
        region=region,
        until=until,
        audience=[f"actor:{user.actor}"],
    )
    if giver is not None and not giver.may("assign", given):
        raise Forbidden("assign")
    with transaction.atomic():
        log.write(given, "assign", _by(giver, node))
    return given


def end_role(giver: Member | None, id_: UUID) -> Role:
    """Ends a role now. Raises Forbidden."""
    node = log.node_id()
    with transaction.atomic():
        role = Role.objects.select_for_update().get(id=id_)
        if giver is not None and not giver.may("assign", role):
            raise Forbidden("assign")
        role.state, role.until = WITHDRAWN, timezone.now()
        log.write(role, "end", _by(giver, node))
    return role


def new_token(user: User, name: str, until: datetime | None = None) -> str:
    """A secret for a program of ``user``, shown once and kept only as its digest."""
    secret = "ortaq_" + secrets.token_urlsafe(32)
    ApiToken.objects.create(digest=digest(secret), user=user, name=name[:100], until=until)
    return secret


def end_token(user: User, token: ApiToken) -> None:
    ApiToken.objects.filter(digest=token.digest, user=user).update(ended=timezone.now())


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _by(giver: Member | None, node: UUID) -> log.Behalf:
    return log.Behalf(giver.id, giver.organisation) if giver and giver.id else log.Behalf(node, node)


def add_organisation(data: Any) -> Record:
    """An organisation, published and its own owner, set up by the node before anybody has a role. Raises Problems."""
    id_, node = uuid7(), log.node_id()
    operator = Operator(frozenset({"public", f"org:{id_}"}), node, node)
    with transaction.atomic():
        actions.create(operator, "organisation", data, owner=id_, id_=id_)
        return actions.publish(operator, id_)
