"""Who may do what: role × verb × scope, after the domain model §6. Printed into ``docs/reference/rights.md``.

Scopes: ``own`` the thing belongs to the organisation of the role; ``region`` it lies in
the region of the role, or anywhere in its country for a role without one; ``country``
it lies in the country of the role; ``any``; ``self`` the actor made it.

``label`` is the verb of the language editors: they answer proposals for terms of the vocabularies.
"""

from __future__ import annotations

EDITING = ("create", "revise", "submit", "publish", "accept", "withdraw", "revert", "merge")
SHARING = ("narrow", "widen", "grant", "transfer", "erase")
WATCHING = ("attend", "inspect")  # work on reports of damage, inspect objects
EVERYBODY = {"propose": "any", "withdraw": "self", "submit": "self"}


def _all(verbs: tuple[str, ...], scope: str) -> dict[str, str]:
    return dict.fromkeys(verbs, scope)


RIGHTS: dict[str, dict[str, str]] = {
    "guest": {},
    "citizen": EVERYBODY,
    "specialist": EVERYBODY,
    "editor": EVERYBODY | _all(EDITING, "own") | _all(SHARING, "own") | {"attend": "own"},
    "inspector": EVERYBODY | {"create": "region", "revise": "region", "submit": "region"} | _all(WATCHING, "region"),
    "officer": EVERYBODY
    | _all(EDITING, "country")
    | _all(SHARING, "country")
    | _all(WATCHING, "country")
    | {"protect": "country"},
    "council_secretary": EVERYBODY,
    "council_member": EVERYBODY,
    "moderator": EVERYBODY,
    "translator": EVERYBODY | {"label": "any"},
    "coordinator": EVERYBODY,
    "country_admin": EVERYBODY
    | _all(EDITING, "country")
    | _all(SHARING, "country")
    | _all(WATCHING, "country")
    | {"protect": "country", "assign": "country", "label": "any"},
    "system_admin": {"assign": "any"},
}

# Roles whose holders read as members of their organisation, as professionals, as authorities of their country.
MEMBERS = frozenset(
    {"editor", "inspector", "officer", "council_secretary", "translator", "coordinator", "country_admin"}
)
PROFESSIONALS = MEMBERS | {"specialist", "council_member", "moderator"}
AUTHORITIES = frozenset({"officer", "country_admin"})
