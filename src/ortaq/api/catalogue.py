"""What records are made of: kinds with their schemas, and vocabularies."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja import Router

from ortaq.api import shapes
from ortaq.api.problems import node_address
from ortaq.api.responses import OPTIONAL, answers
from ortaq.engine import kinds
from ortaq.engine.fields.base import Field
from ortaq.engine.problems import Absent
from ortaq.vocab import names, terms

router = Router(tags=["catalogue"])


@router.get("kinds", response=answers({200: shapes.KindList}), **OPTIONAL)
def list_kinds(request: HttpRequest) -> dict[str, Any]:
    """The kinds of records that this node knows."""
    return {"items": [_kind(kind, node_address(request)) for _slug, kind in sorted(kinds.KINDS.items())]}


@router.get("kinds/{slug}/schema", response=answers({200: dict[str, Any]}), **OPTIONAL)
def read_schema(request: HttpRequest, slug: str) -> dict[str, Any]:
    """JSON Schema of the data of one kind. What is required is so for publishing; a draft may lack it."""
    kind = kinds.get(slug)
    if kind is None:
        raise Absent(slug)
    return schema(kind, f"{node_address(request)}/api/v1/kinds/{slug}/schema")


@router.get("vocabularies", response=answers({200: shapes.VocabularyList}), **OPTIONAL)
def list_vocabularies(request: HttpRequest) -> dict[str, Any]:
    """The names of the controlled vocabularies."""
    return {"items": list(terms.vocabularies())}


@router.get("vocabularies/{name}", response=answers({200: shapes.Vocabulary}), **OPTIONAL)
def read_vocabulary(request: HttpRequest, name: str) -> dict[str, Any]:
    """The terms of one vocabulary with their labels."""
    found = terms.terms(name)
    if not found:
        raise Absent(name)
    told = [{"code": t.code, "labels": dict(t.labels), "doubtful": sorted(t.doubtful)} for t in found]
    return {"name": name, "label": asdict(names.LABELS[name]) if name in names.LABELS else {}, "terms": told}


def schema(kind: type[kinds.Kind], address: str) -> dict[str, Any]:
    """The kind as JSON Schema, labels in the active language."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": str(kind.label),
        "type": "object",
        "properties": {field.name: _field(field) for field in kind.fields},
        "required": [field.name for field in kind.fields if field.required],
        "additionalProperties": False,
        "version": kind.version,
        "parts": {name: {"label": str(part.label)} for name, part in kind.parts.items()},
        "language": translation.get_language(),
    }


def _field(field: Field) -> dict[str, Any]:
    told = {"title": str(field.label), "description": str(field.help) if field.help else "", "part": field.part}
    return {key: text for key, text in told.items() if text} | field.schema()


def _kind(kind: type[kinds.Kind], address: str) -> dict[str, Any]:
    return {
        "slug": kind.slug,
        "version": kind.version,
        "label": asdict(kind.label),
        "plural": asdict(kind.plural),
        "schema_url": f"{address}/api/v1/kinds/{kind.slug}/schema",
    }
