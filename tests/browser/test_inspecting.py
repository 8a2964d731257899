"""Damage that a passer-by reports, and the inspection that follows, as the sender of the report can watch it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Site, at_work

DAMAGE = {
    "kk": "Есіктің оң жағындағы кірпіштер құлаған.",
    "az": "Qapının sağındakı kərpiclər tökülüb.",
    "ru": "Справа от двери выпали кирпичи.",
    "en": "Bricks have fallen out to the right of the door.",
}
FOUND = {
    "kk": "Кірпіш қалауы үш жерде бұзылған.",
    "az": "Kərpic hörgüsü üç yerdə dağılıb.",
    "ru": "Кладка разрушена в трёх местах.",
    "en": "The brickwork is broken in three places.",
}
ORDERED = {
    "kk": "Қалауды қалпына келтіру.",
    "az": "Hörgünü bərpa etmək.",
    "ru": "Восстановить кладку.",
    "en": "Restore the brickwork.",
}
OUTCOME = {
    "kk": "Қалау қалпына келтірілді. Рақмет.",
    "az": "Hörgü bərpa edildi. Təşəkkür edirik.",
    "ru": "Кладка восстановлена. Спасибо.",
    "en": "The brickwork has been restored. Thank you.",
}
# How the report stands for its sender: when it came, in work, at the end.
STANDS = {
    "kk": ("Жаңа", "Жұмыста", "Аяқталды"),
    "az": ("Yeni", "İcradadır", "Bağlanıb"),
    "ru": ("Новое", "В работе", "Закрыто"),
    "en": ("New", "In work", "Closed"),
}
CLOSED = {"kk": "Аяқталды", "az": "Başa çatıb", "ru": "Завершена", "en": "Closed"}  # the inspection
DEADLINE = (date.today() + timedelta(days=30)).isoformat()


def reported(page: Page, site: Site, lang: str, *, photo: bool) -> str:
    """Reports damage from the page of the object; gives the secret link back."""
    page.goto(site.record(lang))
    picture = page.screenshot(type="jpeg")
    page.locator(".tabs a[href$='/alert']").click()
    page.locator("main textarea[name=text]").fill(DAMAGE[lang])
    if photo:
        given: FilePayload = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": picture}
        page.locator("main input[name=photo]").set_input_files(given)
    page.locator("main .form-end button[type=submit]").click()
    return page.locator("p.secret a").inner_text()


def step(page: Page, name: str, **given: str) -> None:
    """Writes a step of the inspection into the form that stands open for it."""
    for control, text in given.items():
        page.locator(f"[name={name}-{control}]").fill(text)
    page.locator(f"form:has([name=step][value={name}]) button[type=submit]").click()
    expect(page.locator(f"section:has(#step-{name}) dl").first).to_be_visible()


def inspected(page: Page, lang: str) -> None:
    """An inspection from its visit to its end, begun at the report."""
    page.locator("main a[href*='/inspect?']").click()
    page.locator("main .form-end button[type=submit]").click()
    step(page, "visit", who="Ерлан", findings=FOUND[lang])
    step(page, "act", number="7")
    step(page, "order", text=ORDERED[lang], deadline=DEADLINE)
    page.locator("[name=check-fulfilled]").check()
    step(page, "check")
    step(page, "close")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("main .marks .badge")).to_have_text(CLOSED[lang])


def nothing_to_do(page: Page, lang: str) -> None:
    """The lists of an inspector, all empty."""
    page.locator(".site-nav a[href$='/alerts']").click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    for tab in (".tabs a[href$='state=closed']", ".tabs a[href$='/inspections']"):
        page.locator(tab).click()
        expect(page.locator("main .empty")).to_be_visible()


def stands(sender: Page, lang: str, state: str) -> None:
    sender.reload()
    expect(sender.locator("html")).to_have_attribute("lang", lang)
    expect(sender.locator("main .badge")).to_have_text(state)


@pytest.mark.parametrize(("lang", "scripts"), [("kk", True), ("az", False), ("ru", True), ("en", False)])
def test_a_report_becomes_an_inspection_that_its_sender_follows(
    site: Site, visit: Callable[..., Page], lang: str, scripts: bool
) -> None:
    sender, yerlan, almas = (visit(java_script_enabled=scripts) for _ in range(3))
    sender.goto(reported(sender, site, lang, photo=lang == "kk"))
    came, in_work, ended = STANDS[lang]
    stands(sender, lang, came)

    at_work(yerlan, site, "yerlan", lang)
    yerlan.locator(".site-nav a[href$='/alerts']").click()
    yerlan.locator("main tbody tr", has_text=DAMAGE[lang]).locator("a").click()
    report = yerlan.url
    yerlan.locator("main button[value=take]").click()
    expect(yerlan.locator(".messages .success")).to_be_visible()
    stands(sender, lang, in_work)
    for page in (sender, yerlan) if lang == "kk" else ():
        assert page.locator("img.alert-photo").evaluate("image => image.naturalWidth") > 0

    inspected(yerlan, lang)
    stands(sender, lang, in_work)
    assert FOUND[lang] not in sender.content() and ORDERED[lang] not in sender.content()
    inspection = yerlan.url
    yerlan.locator("main .page-head a").click()
    yerlan.locator("main textarea[name=text]").fill(OUTCOME[lang])
    yerlan.locator("main button[value=close]").click()
    stands(sender, lang, ended)
    expect(sender.locator(f"main dd[lang={lang}]", has_text=OUTCOME[lang])).to_be_visible()

    at_work(almas, site, "almas", lang)
    nothing_to_do(almas, lang)
    assert [almas.request.get(address).status for address in (report, inspection)] == [404, 404]
