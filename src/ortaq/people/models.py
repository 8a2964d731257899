"""Accounts and what belongs to them, which never travels; roles and deputies, which are traced."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from ortaq.engine.ids import uuid7
from ortaq.engine.traced import Traced


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """An account. ``actor`` is the opaque id that stands in entries; the name is in the person's own record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    actor = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    person = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []


class Role(Traced):
    """A role of one account in one organisation (none: for itself), perhaps in one region or until a moment."""

    type_name = "role"

    holder = models.UUIDField(db_index=True)
    role = models.CharField(max_length=24)
    organisation = models.UUIDField(null=True)
    country = models.CharField(max_length=2, default="")
    region = models.CharField(max_length=64, default="")
    until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, default="")

    def to_body(self) -> dict[str, Any]:
        body = super().to_body() | {
            "holder": str(self.holder),
            "role": self.role,
            "organisation": str(self.organisation or ""),
            "country": self.country,
            "region": self.region,
            "until": self.until.isoformat() if self.until else "",
        }
        return body | ({"reason": self.reason} if self.reason else {})

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.holder, self.role, self.region = uuid.UUID(body["holder"]), body["role"], body["region"]
        self.country = body["country"]
        self.organisation = uuid.UUID(body["organisation"]) if body["organisation"] else None
        self.until = datetime.fromisoformat(body["until"]) if body["until"] else None
        self.reason = body.get("reason", "")

    def blank(self) -> None:
        super().blank()
        self.reason = ""


class Deputy(Traced):
    """That ``deputy`` acts in ``organisation`` with the rights of ``principal`` from ``start`` until ``until``."""

    type_name = "deputy"

    principal = models.UUIDField(db_index=True)
    deputy = models.UUIDField(db_index=True)
    organisation = models.UUIDField()
    start = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=500, default="")

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "principal": str(self.principal),
            "deputy": str(self.deputy),
            "organisation": str(self.organisation),
            "start": self.start.isoformat(),
            "until": self.until.isoformat(),
            "reason": self.reason,
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.principal, self.deputy = uuid.UUID(body["principal"]), uuid.UUID(body["deputy"])
        self.organisation, self.reason = uuid.UUID(body["organisation"]), body["reason"]
        self.start, self.until = datetime.fromisoformat(body["start"]), datetime.fromisoformat(body["until"])

    def blank(self) -> None:
        super().blank()
        self.reason = ""


class ApiToken(models.Model):
    """A secret for a program, kept only as its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)


class Invitation(models.Model):
    """A role that waits for whoever gets the mail. Its secret is kept only as its SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField()
    role = models.CharField(max_length=24)
    organisation = models.UUIDField(db_index=True)
    country = models.CharField(max_length=2, default="")
    region = models.CharField(max_length=64, default="")
    until = models.DateTimeField(null=True)
    language = models.CharField(max_length=5)
    inviter = models.UUIDField()
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)


class Verification(models.Model):
    """Somebody asks an organisation to confirm that he is a specialist; a confirmation is a role with an end."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    organisation = models.UUIDField(db_index=True)
    orcid = models.CharField(max_length=19, default="")
    diploma = models.CharField(max_length=500, default="")
    expertise = models.CharField(max_length=500)
    asked = models.DateTimeField(auto_now_add=True)
    decided = models.DateTimeField(null=True)
    decider = models.UUIDField(null=True)
    confirmed = models.BooleanField(default=False)
    reason = models.CharField(max_length=500, default="")
    until = models.DateTimeField(null=True)
    reminded = models.DateTimeField(null=True)


class Acceptance(models.Model):
    """That an account accepted one version of one text."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.CharField(max_length=16)
    version = models.CharField(max_length=16)
    language = models.CharField(max_length=5)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind", "version"], name="one_acceptance")]


class Leaving(models.Model):
    """That an account asked to be erased, and when it will be; taking it back removes the row."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)
    asked = models.DateTimeField(auto_now_add=True)
    due = models.DateTimeField(db_index=True)
