"""Reports of damage, what became of them, and inspections. Who sent a report stays in a row that never travels."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.db import models

from ortaq.alerts import states
from ortaq.engine.traced import Traced


class Alert(Traced):
    """A report of damage to an object, for the authorities of its region and its owner; never public.

    ``target`` is the object, ``photo`` the SHA-256 of a stored picture; ``answer`` and
    ``outcome`` are texts with their language: ``{"lang": "kk", "text": "…"}``.
    """

    type_name = "alert"

    target = models.UUIDField(db_index=True)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=64, default="")
    status = models.CharField(max_length=8, default=states.NEW, db_index=True)
    lang = models.CharField(max_length=5)
    text = models.TextField()
    threat = models.CharField(max_length=64, default="")
    seen = models.CharField(max_length=200, default="")
    place = models.CharField(max_length=500, default="")
    photo = models.CharField(max_length=64, default="")
    taken_by = models.UUIDField(null=True)
    answer = models.JSONField(default=dict)
    outcome = models.JSONField(default=dict)

    def to_body(self) -> dict[str, Any]:
        body = super().to_body() | {
            "target": str(self.target),
            "country": self.country,
            "region": self.region,
            "status": self.status,
            "lang": self.lang,
            "text": self.text,
        }
        optional = {
            "threat": self.threat,
            "seen": self.seen,
            "place": self.place,
            "photo": self.photo,
            "taken_by": str(self.taken_by or ""),
            "answer": self.answer,
            "outcome": self.outcome,
        }
        return body | {name: value for name, value in optional.items() if value}

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.target, self.country, self.region = uuid.UUID(body["target"]), body["country"], body["region"]
        self.status, self.lang, self.text = body["status"], body["lang"], body["text"]
        for name in ("threat", "seen", "place", "photo"):
            setattr(self, name, body.get(name, ""))
        self.taken_by = uuid.UUID(body["taken_by"]) if body.get("taken_by") else None
        self.answer, self.outcome = dict(body.get("answer", {})), dict(body.get("outcome", {}))

    def blank(self) -> None:
        super().blank()
        self.text = self.threat = self.seen = self.place = self.photo = ""
        self.answer, self.outcome = {}, {}

    def links(self) -> list[tuple[str, str, str, str]]:
        return [("", "", "reports", str(self.target))]


class Sender(models.Model):
    """The one who sent a report, as far as this node knows him; never travels.

    ``digest`` is the SHA-256 of the secret in his link, ``asker`` a keyed digest of the
    address that he sent from. ``email`` is erased 90 days after the end of the case.
    """

    alert = models.OneToOneField(Alert, primary_key=True, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    email = models.EmailField(default="")
    language = models.CharField(max_length=5)
    asker = models.CharField(max_length=64, default="", db_index=True)
    made = models.DateTimeField()
    ended = models.DateTimeField(null=True, db_index=True)


class Inspection(Traced):
    """An inspection of an object: visit, act, order with its deadline, check, and the end; for authorities and owner.

    ``data`` holds what was done, step by step (see :mod:`ortaq.alerts.states`); where the
    inspection stands follows from it and is never typed in.
    """

    type_name = "inspection"

    target = models.UUIDField(db_index=True)
    alert = models.UUIDField(null=True, db_index=True)
    country = models.CharField(max_length=2)
    region = models.CharField(max_length=64, default="")
    data = models.JSONField(default=dict)
    deadline = models.DateField(null=True, db_index=True)

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "target": str(self.target),
            "alert": str(self.alert or ""),
            "country": self.country,
            "region": self.region,
            "data": self.data,
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.target, self.country, self.region = uuid.UUID(body["target"]), body["country"], body["region"]
        self.alert = uuid.UUID(body["alert"]) if body["alert"] else None
        self.fill(body["data"])

    def fill(self, data: dict[str, Any]) -> None:
        """Sets the steps, and the deadline that is still to be kept."""
        self.data, self.deadline = data, states.due(data)

    def blank(self) -> None:
        super().blank()
        self.fill({})

    def links(self) -> list[tuple[str, str, str, str]]:
        found = [("", "", "inspects", str(self.target))]
        return [*found, ("", "", "follows", str(self.alert))] if self.alert else found

    def standing(self, today: date) -> str:
        return states.standing(self.data, today)
