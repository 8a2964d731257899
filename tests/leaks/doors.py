"""Every door of a node: addresses from the URL table, operations of the API, commands of the command line.

``KNOWN`` names each of them and how it is tried. A door that is not named here fails
the test, so that nobody adds one without thinking of what it may let out.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from ortaq.cli.parser import parser

# How a door is tried: "thing" once for each record, "page" as it is, "search" with words and boxes,
# "paper" once for each record without more, "area" with areas around every place, "post" for a thing by POST as well,
# "static" not at all because it holds no data of the node.
KNOWN_ADDRESSES: dict[str, str] = {
    "": "page",
    "healthz": "page",
    **{
        f"{path}{suffix}": "page"
        for path in (
            "thesaurus",
            "thesaurus/<slug:code>",
            "vocabularies/<slug:name>",
            "vocabularies/<slug:name>/<slug:code>",
        )
        for suffix in ("", ".ttl", ".jsonld")
    },
    "tiles/<slug:name>/<int:zoom>/<int:x>/<int:y>": "static",
    "o/<str:key>": "thing",
    "<lang>/": "page",
    "<lang>/search": "search",
    "<lang>/search/points": "search",
    "<lang>/search/names": "search",
    "<lang>/searches": "page",
    "<lang>/searches/<uuid:id_>": "post",
    "<lang>/search/zones": "search",
    "<lang>/o/<str:key>": "thing",
    "<lang>/o/<str:key>/qr": "thing",
    "<lang>/o/<str:key>/history": "thing",
    "<lang>/o/<str:key>/history/<int:old>/<int:new>": "thing",
    "<lang>/o/<str:key>/log": "thing",
    "<lang>/o/<str:key>/reads": "thing",
    "<lang>/o/<str:key>/card": "thing",
    "<lang>/register": "page",
    "<lang>/o/<str:key>/edit": "post",
    "<lang>/o/<str:key>/propose": "post",
    "<lang>/o/<str:key>/manage": "post",
    "<lang>/new": "page",
    "<lang>/new/<slug:slug>": "page",
    "<lang>/desk": "page",
    "<lang>/review": "page",
    "<lang>/review/<uuid:id_>": "post",
    "<lang>/account": "page",
    "<lang>/help/date": "page",
    "<lang>/help/place": "page",
    "<lang>/help/records": "search",
    "<lang>/help/terms": "page",
    "<lang>/map/base": "page",
    "<lang>/tiles": "page",
    "<lang>/unsaved": "page",
    "<lang>/unsaved/<uuid:id_>/discard": "post",
    "<lang>/o/<str:key>/alert": "post",
    "<lang>/o/<str:key>/inspect": "post",
    "<lang>/alert/<str:secret>": "page",
    "<lang>/alert/<str:secret>/photo": "page",
    "<lang>/alerts": "page",
    "<lang>/alerts/<uuid:id_>": "post",
    "<lang>/alerts/<uuid:id_>/photo": "thing",
    "<lang>/inspections": "page",
    "<lang>/inspections/<uuid:id_>": "post",
    "<lang>/o/<str:key>/paper.pdf": "paper",
    "<lang>/o/<str:key>/paper.docx": "paper",
    "<lang>/o/<str:key>/plate.pdf": "paper",
    "<lang>/area": "area",
    "<lang>/area.pdf": "area",
    "<lang>/area/understood": "page",
    "<lang>/exports": "page",
    "<lang>/exports/<uuid:id_>": "post",
    "<lang>/exports/<uuid:id_>/file": "paper",
    "<lang>/import": "page",
    "<lang>/import/profiles": "page",
    "<lang>/import/profiles/<uuid:id_>": "post",
    "<lang>/import/profiles/<uuid:id_>/mapping.toml": "paper",
    "<lang>/import/<uuid:id_>": "post",
    "<lang>/import/<uuid:id_>/columns": "post",
    "<lang>/import/<uuid:id_>/values": "post",
    "<lang>/import/<uuid:id_>/twins": "post",
    "<lang>/import/<uuid:id_>/twins/<int:row>/<uuid:record>": "post",
    "<lang>/import/<uuid:id_>/<slug:what>.<slug:form>": "paper",
    "<lang>/o/<str:key>/merge": "post",
    "<lang>/translate": "page",
    "<lang>/translate/<str:key>": "post",
    "<lang>/vocabularies": "page",
    "<lang>/vocabularies/<slug:name>": "page",
    "<lang>/vocabularies/<slug:name>/new-term": "page",
    "<lang>/vocabularies/<slug:name>/<slug:code>": "page",
    "<lang>/thesaurus": "page",
    "<lang>/term-proposals": "page",
    "<lang>/term-proposals/<uuid:id_>": "post",
    "<lang>/tour/": "page",
    "<lang>/tour/<int:number>": "page",
    "<lang>/terms": "page",
    "<lang>/privacy": "page",
    "<lang>/consent": "page",
    "<lang>/o/<str:key>/invitations": "post",
    "<lang>/o/<str:key>/members": "post",
    "<lang>/o/<str:key>/members/drafts": "post",
    "<lang>/people/deputies": "page",
    "<lang>/people/specialist": "page",
    "<lang>/people/specialists": "page",
    "<lang>/people/data": "page",
    "<lang>/invitation/<str:key>": "post",
    "account/oidc/<slug:provider_id>/answer": "page",
    "api/v1/openapi.json": "page",
    "api/v1/docs": "page",
    "api/v1/": "page",
    "api/v1/records": "search",
    "api/v1/records/<key>": "thing",
    "api/v1/records/<key>/history": "thing",
    "api/v1/records/<key>/entries": "thing",
    "api/v1/records/<key>/proposals": "post",
    "api/v1/kinds": "page",
    "api/v1/kinds/<slug>/schema": "page",
    "api/v1/vocabularies": "page",
    "api/v1/vocabularies/<name>": "page",
}
# Accounts are allauth's; its pages know the signed-in account and nothing of records.
ACCOUNT = re.compile(r"<lang>/account/.+")

KNOWN_COMMANDS: dict[str, str] = {
    "init": "makes a folder",
    "demo": "makes a folder",
    "serve": "prints its address",
    "worker": "prints nothing",
    "import": "prints what it was given",
    "export": "tried as each reader",
    "index": "tried",
    "check": "tried",
    "bundle": "tried for each audience",
    "backup": "writes what the operator has",
    "restore": "reads what the operator has",
    "tiles add": "prints what it was given",
    "tiles remove": "prints what it was given",
    "tiles restore": "prints what it was given",
    "tiles list": "prints names of files to the operator",
    "user add": "prints what it was given",
    "user list": "prints accounts to the operator",
    "user role": "prints what it was given",
    "user organisation": "prints a new number",
    "user token": "prints a new secret",
}


def addresses() -> Iterator[str]:
    """Every route of the URL table, the language written as ``<lang>``."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        part = "<lang>/" if isinstance(pattern.pattern, LocalePrefixPattern) else str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, prefix + part)
        else:
            yield prefix + part


def commands() -> set[str]:
    """Every command of ``ortaq``, those below ``user`` with both words."""
    return {" ".join(words) for words in _below(parser())}


def _below(at: argparse.ArgumentParser) -> Iterator[tuple[str, ...]]:
    groups = [a for a in at._actions if isinstance(a, argparse._SubParsersAction)]
    if not groups:
        yield ()
    for group in groups:
        for name, command in group.choices.items():
            yield from ((name, *rest) for rest in _below(command))


def unknown() -> list[str]:
    """Doors that nobody has thought of, and names in the tables that are no doors any more."""
    found = {address for address in addresses() if not ACCOUNT.match(address)}
    doors = {*KNOWN_ADDRESSES} ^ found
    return sorted(doors | ({*KNOWN_COMMANDS} ^ commands()))
