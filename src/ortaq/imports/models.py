"""Imports, where each imported row went, and what people have under way. Ledgers of this node: they never travel."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from ortaq.engine.ids import uuid7

RUNNING, FINISHED, UNDONE = "running", "finished", "undone"  # of a run

# Of a job: what the worker has to do, is doing, has done.
MAPPING, CHECK, CHECKING, CHECKED = "mapping", "check", "checking", "checked"
IMPORT, IMPORTING, DONE = "import", "importing", "done"
UNDO, UNDOING, TAKEN_BACK = "undo", "undoing", "undone"
FAILED, STOPPED = "failed", "stopped"
BEGINS = {CHECK: CHECKING, IMPORT: IMPORTING, UNDO: UNDOING}
UNDER_WAY = (*BEGINS, *BEGINS.values())

CREATE, SKIP, MERGED = "create", "skip", "merged"  # what becomes of a row that may be there already


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
    """The record that a row of the file became, at the revision that the import left it.

    ``merged``: the record was there before and took the row in. ``external`` tells the row apart in the list called
    ``source``; ``digest`` is that of what the row said.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    record = models.UUIDField(db_index=True)
    revision = models.PositiveIntegerField()
    merged = models.BooleanField(default=False)
    source = models.CharField(max_length=200, default="")
    external = models.CharField(max_length=200, default="")
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "row"], name="a_row_comes_in_once")]
        indexes: ClassVar = [models.Index(fields=["external", "source"], name="imported_external")]


class ImportProfile(models.Model):
    """A mapping with a name, for all in ``organisation`` who import."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    mapping = models.TextField()
    author = models.UUIDField()
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="one_profile_of_a_name")]


class ImportJob(models.Model):
    """One file on its way in, of one account and for ``organisation``.

    ``head`` is what was seen when the file came: columns, first rows, values. ``result`` is what the last work said.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    organisation = models.UUIDField()
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=40)
    file = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    mapping = models.TextField(default="")
    profile = models.ForeignKey(ImportProfile, on_delete=models.SET_NULL, null=True)
    record_state = models.CharField(max_length=12, default="in_review")
    state = models.CharField(max_length=10, default=MAPPING, db_index=True)
    head = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    problem = models.CharField(max_length=500, default="")
    count = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    run = models.ForeignKey(ImportRun, on_delete=models.SET_NULL, null=True)
    created = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["-created"]


class Twin(models.Model):
    """A row that may be a record that is there already: ``why`` is number, name or earlier (changed since then)."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="twins")
    row = models.PositiveIntegerField()
    record = models.UUIDField()
    why = models.CharField(max_length=10)
    metres = models.PositiveIntegerField(null=True)
    choice = models.CharField(max_length=10, default="")
    revision = models.PositiveIntegerField(default=0)  # of the record after the row was merged into it

    class Meta:
        ordering: ClassVar = ["row", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "row", "record"], name="one_twin_of_a_pair")]
