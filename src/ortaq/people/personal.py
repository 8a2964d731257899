"""Everything this node holds about one account, as a file to take home: ``data.json`` and a readme."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import override

from ortaq.engine import access, reads
from ortaq.engine.models import Answer, Entry, Proposal, Read, Record, Request
from ortaq.people import consent, leaving
from ortaq.people.actors import member
from ortaq.people.models import ApiToken, Deputy, Invitation, Leaving, Role, User, Verification


def export(user: User) -> bytes:
    """A zip; secrets (password, second step, tokens, session keys) are named and never contained."""
    with override(user.language):
        readme = render_to_string("ortaq/people/mail/readme.txt", {"user": user})
    data = json.dumps(everything(user), ensure_ascii=False, indent=2, default=str)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bag:
        bag.writestr("readme.txt", readme.strip() + "\n")
        bag.writestr("data.json", data + "\n")
    return file.getvalue()


def everything(user: User) -> dict[str, Any]:
    """By topic; moments are in UTC."""
    return {
        "account": _account(user),
        "roles": [role.to_body() for role in Role.objects.filter(holder=user.actor).order_by("created")],
        "deputies": [row.to_body() for row in _deputies(user)],
        "invitations": _rows(
            Invitation.objects.filter(email=user.email),
            "role organisation region until language created expires accepted revoked",
        ),
        "invitations_sent": _rows(
            Invitation.objects.filter(inviter=user.actor), "role organisation region created accepted revoked"
        ),
        "verifications": _rows(
            Verification.objects.filter(user=user),
            "organisation orcid diploma expertise asked decided confirmed reason until reminded",
        ),
        "accepted_texts": [
            {"text": kind, "version": version, "language": language, "at": at}
            for kind, version, language, at in consent.of(user)
        ],
        "erasure_asked": _rows(Leaving.objects.filter(user=user), "asked due"),
        "person": _person(user),
        **_written(user),
        "entries": _rows(
            Entry.objects.filter(actor=user.actor).order_by("position"), "type thing revision action time"
        ),
        "reads": _reads(user),
        "exports": _rows(user.export_set.order_by("created"), "format query state count size created until"),
        "imports": _rows(user.importjob_set.order_by("created"), "name kind organisation state created touched"),
        "saved_searches": _rows(user.savedsearch_set.order_by("created"), "name query created opened"),
        "unsaved_texts": _rows(user.unsaved_set.order_by("saved"), "page body saved"),
        "providers": _rows(SocialAccount.objects.filter(user=user), "provider uid date_joined last_login"),
        "browsers": _rows(UserSession.objects.filter(user=user), "ip user_agent created_at last_seen_at"),
        "sessions": _rows(Session.objects.filter(session_key__in=leaving.sessions(user)), "expire_date"),
    }


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "addresses": _rows(EmailAddress.objects.filter(user=user), "email verified primary"),
        "language": user.language,
        "actor": user.actor,
        "joined": user.date_joined,
        "last_sign_in": user.last_login,
        "second_step": _rows(Authenticator.objects.filter(user=user), "type created_at last_used_at"),
        "tokens": _rows(ApiToken.objects.filter(user=user), "name created until ended"),
    }


def _written(user: User) -> dict[str, Any]:
    """References to what the account wrote, not the texts: those belong to their organisations."""
    author = Q(author=user.actor)
    return {
        "records": _rows(Record.objects.filter(author), "id pid kind state owner title created updated"),
        "proposals": _rows(Proposal.objects.filter(author), "id target state reason created"),
        "answers": _rows(Answer.objects.filter(author), "id proposal verdict reason created"),
        "requests": _rows(Request.objects.filter(author), "id target verb reason confirmed created"),
    }


def _deputies(user: User) -> Any:
    return Deputy.objects.filter(Q(principal=user.actor) | Q(deputy=user.actor)).order_by("start")


def _person(user: User) -> Any:
    """The record of the person, as he himself may read it."""
    reader = member(user)
    found = list(access.visible(reader).filter(id=user.person)) if user.person else []
    return {"key": found[0].pid or str(found[0].id), "data": access.views(reader, found)[0].data} if found else None


def _reads(user: User) -> list[dict[str, Any]]:
    reads.flush()
    return _rows(Read.objects.filter(actor=user.actor).order_by("hour"), "thing part door hour")


def _rows(rows: Any, names: str) -> list[dict[str, Any]]:
    return list(rows.values(*names.split()))
