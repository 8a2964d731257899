"""Who may do what: role × verb × scope, after the domain model §6. Printed into ``docs/reference/rights.md``.

Scopes: ``own`` the thing belongs to the organisation of the role; ``region`` it lies in
the region of the role, or anywhere in its country for a role without one; ``country``
it lies in the country of the role; ``any``; ``self`` the actor made it.

``label`` is the verb of the language editors: they answer proposals for terms of the vocabularies.
``assign`` reaches only the roles of :data:`GIVES`, and nobody gives or ends a role of his own.
"""

from __future__ import annotations

EDITING = ("create", "revise", "submit", "publish", "accept", "withdraw", "revert", "merge")
SHARING = ("narrow", "widen", "grant", "transfer", "erase")
WATCHING = ("attend", "inspect")  # work on reports of damage, inspect objects
STAFF = ("assign", "verify", "hand_over")
EVERYBODY = {"propose": "any", "withdraw": "self", "submit": "self", "hand_over": "self"}


def _all(verbs: tuple[str, ...], scope: str) -> dict[str, str]:
    return dict.fromkeys(verbs, scope)


RIGHTS: dict[str, dict[str, str]] = {
    "guest": {},
    "citizen": EVERYBODY,
    "specialist": EVERYBODY,
    "editor": EVERYBODY | _all(EDITING, "own") | _all(SHARING, "own") | {"attend": "own"},
    "org_admin": EVERYBODY | _all(STAFF, "own"),
    "inspector": EVERYBODY | {"create": "region", "revise": "region", "submit": "region"} | _all(WATCHING, "region"),
    "officer": EVERYBODY
    | _all(EDITING, "country")
    | _all(SHARING, "country")
    | _all(WATCHING, "country")
    | {"protect": "country", "verify": "country"},
    "council_secretary": EVERYBODY,
    "council_member": EVERYBODY,
    "moderator": EVERYBODY,
    "translator": EVERYBODY | {"label": "any"},
    "coordinator": EVERYBODY,
    "country_admin": EVERYBODY
    | _all(EDITING, "country")
    | _all(SHARING, "country")
    | _all(WATCHING, "country")
    | _all(STAFF, "country")
    | {"protect": "country", "label": "any"},
    "system_admin": {"assign": "any"},
}

# Roles whose holders read as members of their organisation, as professionals, as authorities of their country.
MEMBERS = frozenset(
    {
        "editor",
        "org_admin",
        "inspector",
        "officer",
        "council_secretary",
        "translator",
        "coordinator",
        "country_admin",
    }
)
PROFESSIONALS = MEMBERS | {"specialist", "council_member", "moderator"}
AUTHORITIES = frozenset({"officer", "country_admin"})

# Which roles the holder of a role gives and ends, within the scope of his ``assign``.
GIVES: dict[str, frozenset[str]] = {
    "org_admin": frozenset({"editor", "org_admin", "translator"}),
    "country_admin": frozenset(RIGHTS) - {"guest", "system_admin"},
    "system_admin": frozenset(RIGHTS) - {"guest"},
}
