"""``python -m tests.browser.everything``: an address of every page, on the demo node of ``ORTAQ_DATA``, as JSON.

What the demo has not is made here, through the same actions as on a real node: a report of damage with an
inspection, an invitation, a proposed term, accounts that do what the demo's do not.
"""

from __future__ import annotations

import io
import json
import re
from typing import Any

PASSWORD = "only-for-tests-7"
# Who opens a page, by what its route holds; "" for nobody who is signed in. Everything else is the editor's.
OPENED_BY = (
    (re.compile(r"alerts|inspect"), "inspector"),
    (re.compile(r"invitations|members|specialists"), "head"),
    (re.compile(r"term-proposals"), "officer"),
    (re.compile(r"propose"), "neighbour"),
    (re.compile(r"login|signup|password/reset|invitation/|inactive|alert/"), ""),
)
# Routes that answer with no page of their own, or only to somebody who has just done something.
NO_PAGE = re.compile(
    r"photo$|discard$|unsaved|help/|\^|oidc|download|code/confirm|2fa/authenticate|webauthn/(login|keys)|reauthenticate"
    r"|rdparty|social/|password/set|totp/deactivate|recovery-codes|paper\.|plate\.|exports/|mapping\.toml|<slug:form>"
    r"|/qr$|/(points|zones|names)$|map/base|area\.pdf|understood$"
)


def main() -> dict[str, Any]:
    """What is there to look at.

    ``cookies``: who -> session key; ``keys``: kind -> the number of a record; ``pages``: [address after the language,
    who], each page once or more.
    """
    from ortaq.people.actors import member

    people = _people()
    keys = _keys(member(people["head"]).organisation)
    values = _made(people, keys)
    pages = [page for route in routes() for page in _pages(route, keys, values)]
    return {"cookies": {who: _session(user) for who, user in people.items()}, "keys": keys, "pages": pages}


def routes() -> list[str]:
    """The routes that answer with a page, without the language that stands before them."""
    from tests.leaks.doors import addresses

    found = {route.removeprefix("<lang>/") for route in addresses() if route.startswith("<lang>/")}
    return sorted(route for route in found if not NO_PAGE.search(route))


def _pages(route: str, keys: dict[str, str], values: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    who = next((who for part, who in OPENED_BY if part.search(route)), "editor")
    if "<slug:slug>" in route:
        return [(route.replace("<slug:slug>", kind), who) for kind in keys]
    if route in ("o/<str:key>", "o/<str:key>/edit", "o/<str:key>/history"):
        return [(route.replace("<str:key>", key), who) for key in keys.values()]
    named = {"key": keys["heritage_object"], "old": "1", "new": "2", "name": "object_type", "code": "mausoleum"}
    named["number"] = "7"  # the stop of the guided tour that needs an account
    named |= values.get(route, {})
    return [(re.sub(r"<(?:\w+:)?(\w+)>", lambda m: named[m[1]], route) + named.get("query", ""), who)]


def _keys(home: Any) -> dict[str, str]:
    """Kind -> the key of its longest public record in Kazakhstan, of the organisation ``home`` where it has one."""
    from ortaq.engine import kinds
    from ortaq.engine.models import Record

    found = {}
    for kind in kinds.KINDS:
        rows = [r for r in Record.objects.filter(kind=kind, state="published", country="KZ") if "public" in r.audience]
        assert rows, f"the demo shows no {kind}"
        longest = max(rows, key=lambda row: (row.owner == home, len(json.dumps(row.data))))
        found[kind] = longest.pid or str(longest.id)
    return found


def _people() -> dict[str, Any]:
    from ortaq.demo.sides import SIDES
    from ortaq.people import actions as people
    from ortaq.people import consent
    from ortaq.people.models import Role, User

    kz, az = SIDES
    known = {"editor": kz.email("editor"), "officer": kz.email("officer"), "neighbour": az.email("editor")}
    found: dict[str, Any] = {who: User.objects.get(email=email) for who, email in known.items()}
    for who, role, beside in (("inspector", "inspector", "officer"), ("head", "org_admin", "editor")):
        found[who] = people.add_user(f"{who}@example.org", PASSWORD, language="kk")
        beside_him = Role.objects.get(holder=found[beside].actor, role=beside)
        people.give_role(None, found[who], role, organisation=beside_him.organisation, country=beside_him.country)
    for user in found.values():
        consent.accept(user, "kk")
    return found


def _made(people: dict[str, Any], keys: dict[str, str]) -> dict[str, dict[str, str]]:
    """Route -> values of its parameters that are not those of every other route."""
    from ortaq.alerts import actions as alerts
    from ortaq.alerts import inspecting
    from ortaq.engine import access
    from ortaq.people import invitations
    from ortaq.people.actors import member
    from ortaq.vocab import actions as labels
    from ortaq.web import saving

    acting = {who: member(user) for who, user in people.items()}
    head = acting["head"]
    thing = access.get(head, keys["heritage_object"]).record
    alert, secret = alerts.report(thing, alerts.Told("Қабырғада жаңа жарықшақ бар.", "kk"), "")
    begun = inspecting.inspect(acting["inspector"], thing.id, alert.id)
    assert head.organisation is not None
    home = access.get(head, head.organisation)
    wanted = invitations.understand(head, home.record, {"email": "new@example.org", "role": "editor"})
    _made_invitation, invited = invitations.invite(head, wanted)
    term = labels.propose(acting["editor"], "object_type", "mausoleum", {"kk": "кесене-мавзолей"}, reason="байқау")
    own = {"key": home.key}
    search = saving.save(people["editor"], "Кесенелер", "q=кесене&type=mausoleum&from=1300")
    return {
        "area": {"query": "?text=POLYGON((68 43,69 43,69 44,68 44,68 43))&reach=5000"},
        "alert/<str:secret>": {"secret": secret},
        "alerts/<uuid:id_>": {"id_": str(alert.id)},
        "inspections/<uuid:id_>": {"id_": str(begun.id)},
        "invitation/<str:key>": {"key": invited},
        "searches/<uuid:id_>": {"id_": str(search.id)},
        "term-proposals/<uuid:id_>": {"id_": str(term.id)},
        "review/<uuid:id_>": {"id_": str(_waiting(acting["editor"], head, home.record.id))},
        **_import(acting["editor"], people["editor"], keys["heritage_object"]),
        "o/<str:key>/merge": {"query": f"?into={_another(keys['heritage_object'])}"},
        **dict.fromkeys(("o/<str:key>/invitations", "o/<str:key>/members"), own),
        "o/<str:key>/members/drafts": own | {"query": f"?of={people['editor'].actor}"},
    }


def _waiting(editor: Any, head: Any, home: Any) -> Any:
    """A proposal for a record of the organisation ``home`` that somebody else made."""
    from ortaq.engine import access
    from ortaq.engine.models import Proposal

    own = access.visible(head).filter(owner=home).values("id")
    asked = access.visible(editor, Proposal).filter(target__in=own, state="published")
    return asked.exclude(author=editor.id).values_list("id", flat=True)[0]


def _another(key: str) -> str:
    """The number of a published object that is not the one of ``key``."""
    from ortaq.engine.models import Record

    rows = Record.objects.filter(kind="heritage_object", state="published").exclude(pid=key).order_by("pid")
    return str(rows.values_list("pid", flat=True)[0])


def _import(reader: Any, user: Any, key: str) -> dict[str, dict[str, str]]:
    """The pages of a file that was checked, of the record that its first row is like, and of a profile."""
    from ortaq.engine import access
    from ortaq.imports import jobs, work
    from ortaq.imports.mapping import Mapping

    view = access.get(reader, key)
    name = next(iter(view.title.values()))
    unit = view.data["admin_unit"]
    rows = ["Нөмір,Атауы,Аудан,Түрі,Мерзімі", f"1,{name},{unit},кесене,XIV ғ.", f"2,Мысал,{unit},кесенелер,XIV ғ."]
    content = io.BytesIO("\n".join([*rows, "3,,,,"]).encode())
    job = jobs.bring(user, reader, content, "тізім.csv", 1, "heritage_object", reader.organisation)
    jobs.map_(job, Mapping.parse(job.mapping), "draft")
    at_work = work.Work()
    while jobs.one(user, job.id).state != "checked":
        at_work(0.0)
    twin = job.twins.get(record=view.record.id)
    profile = jobs.keep(reader, reader.organisation, "heritage_object", "Мысал тізім", job.mapping)
    brought = {"id_": str(job.id), "row": "2", "record": str(twin.record)}
    pages = ("", "/columns", "/values", "/twins", "/twins/<int:row>/<uuid:record>")
    found = {f"import/<uuid:id_>{page}": brought for page in pages}
    return found | {"import/profiles/<uuid:id_>": {"id_": str(profile.id)}}


def _session(user: Any) -> str:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return str(client.session.session_key)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main()))
