"""Writing with a token: create, revise, propose. The same actions as the pages, so the same rules."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Status

from ortaq.api import shapes
from ortaq.api.door import Token, reader
from ortaq.api.problems import node_address, permanent
from ortaq.api.records import router
from ortaq.api.responses import answers
from ortaq.engine import access, actions
from ortaq.engine.access import Reader
from ortaq.engine.outputs import json as output
from ortaq.engine.problems import Problem


@router.post("records", auth=Token(), response=answers({201: shapes.Full}))
def create(request: HttpRequest, response: HttpResponse, body: shapes.Create) -> Status[dict[str, Any]]:
    """A new draft, or with ``submit`` a record in review."""
    who = reader(request)
    record = actions.create(
        who, body.kind, body.data, owner=owner(who, body.owner), submit=body.submit, reason=body.reason
    )
    response["Location"] = f"{node_address(request)}/api/v1/records/{record.pid or record.id}"
    return Status(201, told(request, record.id))


@router.put("records/{key}", auth=Token(), response=answers({200: shapes.Full}))
def revise(request: HttpRequest, key: str, body: shapes.Revise) -> dict[str, Any]:
    """The record with ``data`` in the place of what you read at ``base_revision``."""
    who = reader(request)
    id_ = access.get(who, key).record.id
    actions.revise(who, id_, body.data, base_revision=body.base_revision, reason=body.reason)
    return told(request, id_)


@router.post("records/{key}/proposals", auth=Token(), response=answers({201: shapes.Proposed}))
def propose(request: HttpRequest, key: str, body: shapes.Propose) -> Status[dict[str, Any]]:
    """A change to a published record, for its owner to accept or to return."""
    who = reader(request)
    id_ = access.get(who, key).record.id
    made = actions.propose(who, id_, body.data, base_revision=body.base_revision, reason=body.reason)
    found = {"id": str(made.id), "target": str(made.target), "base": made.base, "state": made.state}
    return Status(201, found | {"reason": made.reason, "created": made.created.isoformat()})


def told(request: HttpRequest, id_: UUID) -> dict[str, Any]:
    """The record as its writer sees it now."""
    view = access.get(reader(request), id_)
    return output.item(view, permanent(request, view))


def owner(who: Reader, key: str | None) -> UUID:
    """The organisation that will own a record; raises Problem when it is not named or not to be seen."""
    if key is None and who.organisation:
        return who.organisation
    found = access.find(who, key) if key else None
    if found is None:
        message = _("Name the organisation that owns the record by its permanent number or UUID.")
        raise Problem("owner", message, path=("owner",))
    return UUID(found)
