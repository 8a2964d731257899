"""Accounts, their roles, and tokens for programs. Accounts never travel; roles are traced."""

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

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "holder": str(self.holder),
            "role": self.role,
            "organisation": str(self.organisation or ""),
            "country": self.country,
            "region": self.region,
            "until": self.until.isoformat() if self.until else "",
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.holder, self.role, self.region = uuid.UUID(body["holder"]), body["role"], body["region"]
        self.country = body["country"]
        self.organisation = uuid.UUID(body["organisation"]) if body["organisation"] else None
        self.until = datetime.fromisoformat(body["until"]) if body["until"] else None


class ApiToken(models.Model):
    """A secret for a program, kept only as its SHA-256."""

    digest = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    created = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
