"""``python -m tests.browser.stage``: people and one object on the node of ``ORTAQ_DATA``; prints its number."""

from __future__ import annotations

from typing import Any

PASSWORD = "only-for-tests-7"
SECRET_PLACE = "68.271234"
NAMES = {
    "kk": "Арыстан баб кесенесі",
    "az": "Arıstan Bab türbəsi",
    "ru": "Мавзолей Арыстан-баб",
    "en": "Arystan Bab Mausoleum",
}
HISTORY = {
    "kk": "Кесене ХХ ғасырдың басында қайта салынған.",
    "az": "Türbə XX əsrin əvvəlində yenidən tikilib.",
    "ru": "Мавзолей перестроен в начале XX века.",
    "en": "The mausoleum was rebuilt in the early 20th century.",
}
ACTS = {"kk": "Үлгі бұйрық", "az": "Nümunə əmr", "ru": "Образец приказа", "en": "Sample order"}
SENT = (1, 2, 3)  # of each of them


def main() -> str:
    """Aigerim edits for a museum (KZ), Dana is an officer of the ministry (KZ), Leyla edits for a reserve (AZ).

    The object was published as revision 2 and revised since.
    """
    from ortaq.engine import access, actions
    from ortaq.people.actors import member

    museum = organisation("KZ", "kk", "Түркістан музейі")
    aigerim = member(person("aigerim", "editor", museum, "kk"))
    dana = member(person("dana", "officer", organisation("KZ", "kk", "Мәдениет министрлігі"), "ru"))
    person("leyla", "editor", organisation("AZ", "az", "Şəki qoruğu"), "az")
    record = actions.create(aigerim, "heritage_object", monument(), owner=museum, submit=True)
    published = actions.publish(dana, record.id)
    data = access.get(aigerim, record.id).data | {"significance": {"kk": {"text": "Маңызды ескерткіш."}}}
    actions.revise(aigerim, record.id, data, base_revision=published.revision, reason="толықтыру")
    stories(museum)
    return published.pid or ""


def stories(museum: Any) -> None:
    """Saule heads the museum and Raushan translates for it; Gulnar edits for a reserve, and sent acts for review."""
    from ortaq.engine import actions
    from ortaq.people.actors import member

    person("saule", "org_admin", museum, "kk")
    person("raushan", "translator", museum, "kk")
    reserve = organisation("KZ", "kk", "Отырар қорығы")
    gulnar = member(person("gulnar", "editor", reserve, "kk"))
    for lang, act in ACTS.items():
        for number in SENT:
            name = {"text": f"{act} {number}", "lang": lang}
            data = {"country": "KZ", "names": [{"name": name, "kind": "official"}], "sort": "order"}
            actions.create(gulnar, "legal_act", data, owner=reserve, submit=True)


def organisation(country: str, lang: str, name: str) -> Any:
    from ortaq.people import actions as people

    title = {"name": {"text": name, "lang": lang}, "kind": "official"}
    return people.add_organisation({"country": country, "names": [title], "sort": "museum"}).id


def person(name: str, role: str, held_in: Any, language: str) -> Any:
    from ortaq.people import actions as people
    from ortaq.people import consent

    user = people.add_user(f"{name}@example.org", PASSWORD, language=language)
    consent.accept(user, language)
    people.give_role(None, user, role, organisation=held_in)
    return user


def monument() -> dict[str, Any]:
    from tests.cast import monument_data

    return monument_data(
        history={lang: {"text": text} for lang, text in HISTORY.items()},
        use=[{"use": "pilgrimage"}],
        dating=[{"date": {"text": "XIV–XV вв.", "lang": "ru"}, "method": "stylistic"}],
    )


if __name__ == "__main__":
    import django

    django.setup()
    print(main())
