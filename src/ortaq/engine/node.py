"""This node: its first entry, its epochs, and what every folder with a database has."""

from __future__ import annotations

import base64
import hashlib
import secrets
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.engine import ids, keys, log
from ortaq.engine.models import Log, Node
from ortaq.engine.problems import Problem, Problems


def this() -> Node:
    """The node whose folder this is; raises :class:`log.NoNode` in a folder of copies."""
    node = log.head().node
    if node is None:
        raise log.NoNode
    return Node.objects.get(id=node)


def here() -> Node | None:
    """The node whose folder this is, None in a folder of copies."""
    node = log.head().node
    return Node.objects.filter(id=node).first() if node else None


def init(prefix: str, country: str, name: str) -> str:
    """Makes this folder a node and returns its recovery key, which is kept nowhere. Raises Problems."""
    _check(prefix, country, name)
    recovery = base64.b32encode(secrets.token_bytes(20)).decode()
    key = keys.create(Path(settings.ORTAQ_DATA) / log.KEY_FILE)
    id_ = ids.uuid7()
    node = Node(
        id=id_,
        origin=id_,
        owner=id_,
        audience=["public"],
        prefix=prefix,
        country=country,
        name=" ".join(name.split()),
        public_key=key.public.hex(),
        recovery=hashlib.sha256(recovery.encode()).hexdigest(),
    )
    with transaction.atomic():
        Log.objects.filter(id=1).update(node=id_, epoch=1, seq=0, head="")
        log.write(node, "init", log.Behalf(id_, id_))
    return recovery


def begin_epoch() -> Node:
    """Starts the next epoch, so that partners see that a backup was restored."""
    with transaction.atomic():
        node = Node.objects.select_for_update().get(id=log.node_id())
        node.epoch += 1
        Log.objects.filter(id=1).update(epoch=node.epoch, seq=0)
        log.write(node, "restore", log.Behalf(node.id, node.id))
    return node


def _check(prefix: str, country: str, name: str) -> None:
    wrong = []
    if log.head().node is not None:
        wrong.append(Problem("node", _("This folder already holds a node. Choose another folder with --data.")))
    if country not in settings.ORTAQ_COUNTRIES:
        known = ", ".join(settings.ORTAQ_COUNTRIES)
        message = _("“%(value)s” is not a country of this node: %(known)s")
        wrong.append(Problem("country", message, path=("country",), value=country, known=known))
    if not ids.good_prefix(prefix, country):
        message = _(
            "A prefix is KZ or AZ for the national register of that country, else three to six capital letters."
        )
        wrong.append(Problem("prefix", message, path=("prefix",)))
    if Node.objects.filter(prefix=prefix).exists():
        message = _("The prefix %(prefix)s is taken by a node whose entries are here. Choose another.")
        wrong.append(Problem("prefix", message, path=("prefix",), prefix=prefix))
    if not name.strip():
        wrong.append(Problem("name", _("Give the node a name with --name."), path=("name",)))
    if wrong:
        raise Problems(wrong)
