"""Imports and where each imported row went. Ledgers of this node: they never travel."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from ortaq.engine.ids import uuid7

RUNNING, FINISHED, UNDONE = "running", "finished", "undone"


class ImportRun(models.Model):
    """One import of one file. ``mapping`` is the TOML text, ``file`` the digest in the store of files."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    actor = models.UUIDField(db_index=True)
    owner = models.UUIDField()
    kind = models.CharField(max_length=40)
    record_state = models.CharField(max_length=12)
    mapping = models.TextField()
    file = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, default=RUNNING)
    created = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)


class ImportedRow(models.Model):
    """The record that a row of the file became, at the revision that the import left it."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    record = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "row"], name="a_row_comes_in_once")]
