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
from ortaq.engine.actions.base import reason_text
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
    check_password(password)
    with transaction.atomic():
        user = User.objects.create_user(email, password, language=language)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def check_password(password: str) -> None:
    """Raises Problems for a password that is too easy to guess."""
    try:
        validate_password(password)
    except ValidationError as error:
        raise Problems([Problem("password", message, path=("password",)) for message in error.messages]) from error


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
    given = role_for(giver, user.actor, role, organisation=organisation, country=country, region=region, until=until)
    if giver is not None and not giver.may_give(given):
        raise Forbidden("assign")
    with transaction.atomic():
        log.write(given, "assign", behalf(giver))
    return given


def role_for(
    giver: Member | None,
    holder: UUID,
    role: str,
    *,
    organisation: UUID | None = None,
    country: str = "",
    region: str = "",
    until: datetime | None = None,
) -> Role:
    """The role as it would be given, checked but for the right to give it. Raises Problems."""
    if role not in RIGHTS:
        known = ", ".join(RIGHTS)
        message = _("“%(value)s” is not a role. Choose one of: %(known)s")
        raise Problems([Problem("role", message, path=("role",), value=role, known=known)])
    if role in MEMBERS and organisation is None:
        message = _("This role is held in an organisation: name it by its permanent number.")
        raise Problems([Problem("organisation", message, path=("organisation",))])
    node = log.node_id()
    return Role(
        origin=node,
        owner=organisation or node,
        author=giver.id if giver else node,
        holder=holder,
        role=role,
        organisation=organisation,
        country=_country(organisation, country),
        region=_region(region, _country(organisation, country)),
        until=until,
        audience=[f"actor:{holder}"],
    )


def _country(organisation: UUID | None, country: str) -> str:
    """The country of a role: the one of its organisation, which reads for no other."""
    home = Record.objects.filter(id=organisation).values_list("country", flat=True).first() if organisation else ""
    if home and country and home != country:
        message = _("The organisation is in another country: %(country)s.")
        raise Problems([Problem("country", message, path=("country",), country=home)])
    return country or home or ""


def _region(region: str, country: str) -> str:
    if region and country and not region.startswith(f"{country.lower()}-"):
        message = _("“%(value)s” is not a region of this country.")
        raise Problems([Problem("region", message, path=("region",), value=region)])
    return region


def end_role(giver: Member | None, id_: UUID, *, reason: str = "") -> Role:
    """Ends a role now. Inverse: it is given anew. Raises Forbidden, Problems."""
    return _change_role(giver, id_, "end", timezone.now(), reason)


def extend_role(giver: Member, id_: UUID, until: datetime | None, *, reason: str) -> Role:
    """Another end of a running role, None for none. Inverse: the same with the old end. Raises Forbidden, Problems."""
    if until is not None and until <= timezone.now():
        raise Problems([Problem("until", _("The last day must be in the future."), path=("until",))])
    return _change_role(giver, id_, "extend", until, reason)


def _change_role(giver: Member | None, id_: UUID, action: str, until: datetime | None, reason: str) -> Role:
    text = reason_text(reason, needed=giver is not None)
    with transaction.atomic():
        role = Role.objects.select_for_update().get(id=id_)
        if giver is not None and not giver.may_give(role):
            raise Forbidden("assign")
        if role.state == WITHDRAWN:
            raise Problems([Problem("state", _("This role has ended already."))])
        role.until, role.reason = until, text
        if action == "end":
            role.state = WITHDRAWN
        log.write(role, action, behalf(giver))
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


def behalf(giver: Member | None) -> log.Behalf:
    """In whose name an entry is written: the node's own without a giver."""
    node = log.node_id()
    return log.Behalf(giver.id, giver.organisation) if giver and giver.id else log.Behalf(node, node)


def add_organisation(data: Any) -> Record:
    """An organisation, published and its own owner, set up by the node before anybody has a role. Raises Problems."""
    id_, node = uuid7(), log.node_id()
    operator = Operator(frozenset({"public", f"org:{id_}"}), node, node)
    with transaction.atomic():
        actions.create(operator, "organisation", data, owner=id_, id_=id_)
        return actions.publish(operator, id_)
