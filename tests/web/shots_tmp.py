from __future__ import annotations
import os, shutil

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
from django.test import Client
from ortaq.engine import access, actions
from tests.cast import PASSWORD
from tests.web.posting import form_of
import pytest


@pytest.mark.django_db(transaction=True)
def test_shots(transactional_db, live_server, settings):
    from tests.cast import Cast
    from playwright.sync_api import sync_playwright

    cast = Cast()
    settings.ALLOWED_HOSTS = ["*"]
    record = cast.monument(use=[{"_id": "use222", "use": "pilgrimage"}])
    for i, text in enumerate(("Yeni təsvir.", "Başqa mətn.")):
        r = cast.monument() if i else record
        data = {
            **access.get(cast.leyla, r.id).data,
            "summary": {"ru": {"text": "Перестроен в конце XIX века."}, "az": {"text": text}},
        }
        data["names"] = [
            *data["names"][:2],
            {**data["names"][2], "name": {"text": "Мавзолей Арыстан-Баба", "lang": "ru"}},
        ]
        actions.propose(cast.leyla, r.id, data, base_revision=r.revision, reason="mənbə: qoruğun arxivi, 2019")
    third = cast.monument(state="draft")
    actions.submit(cast.aigerim, third.id, reason="толық сипаттама")
    c = Client()
    c.force_login(cast.users["aigerim"], backend="allauth.account.auth_backends.AuthenticationBackend")
    c.get("/en/review")
    cookie = c.cookies["sessionid"].value
    base = live_server.url
    out = "/tmp/shots_write"
    os.makedirs(out, exist_ok=True)
    with sync_playwright() as p:
        b = p.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for lang, scheme, width in (
            
            
            ("en", "light", 390),
            
        ):
            ctx = b.new_context(viewport={"width": width, "height": 1000 if width > 500 else 844}, color_scheme=scheme)
            pg = ctx.new_page()
            pg.on("console", lambda m: print("CONSOLE", m.type, m.text) if m.type in ("error", "warning") else None)
            tag = f"{lang}-{scheme}-{width}"
            pg.goto(f"{base}/{lang}/account/login/")
            pg.screenshot(path=f"{out}/login-{tag}.png", full_page=True)
            pg.fill("[name=login]", "a@b.kz")
            pg.fill("[name=password]", "nope")
            pg.click("main button[type=submit]")
            pg.screenshot(path=f"{out}/login2-{tag}.png", full_page=True)
            ctx.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
            pg.goto(f"{base}/{lang}/o/{record.pid}/edit")
            h = pg.evaluate("() => document.documentElement.scrollHeight")
            print(tag, "height", h)
            for n, y in enumerate((0, 700, 1500, 2600, h - 900)):
                pg.evaluate("(y) => scrollTo(0, y)", y)
                pg.screenshot(path=f"{out}/edit{n}-{tag}.png")
            pg.goto(f"{base}/{lang}/review")
            pg.screenshot(path=f"{out}/review-{tag}.png", full_page=True)
            pg.click("td.title a")
            pg.screenshot(path=f"{out}/proposal-{tag}.png", full_page=True)
            pg.goto(f"{base}/{lang}/o/{record.pid}/manage")
            pg.click("#act-narrow summary")
            pg.screenshot(path=f"{out}/manage-{tag}.png", full_page=True)
            pg.goto(f"{base}/{lang}/account")
            pg.screenshot(path=f"{out}/account-{tag}.png", full_page=True)
            pg.goto(f"{base}/{lang}/o/{record.pid}/edit")
            pg.fill("textarea[name='summary.ru']", f"Мой текст {tag}.")
            pg.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")
            pg.fill("textarea[name='history.en']", "Built over the grave of Arystan Bab.")
            view = access.get(cast.bolat, record.id)
            actions.revise(
                cast.bolat,
                record.id,
                {
                    **view.data,
                    "summary": {"ru": {"text": f"Их текст {tag}: перестроен в начале XX века мастерами из Бухары."}},
                },
                base_revision=view.record.revision,
            )
            pg.click("text=/Save the record|Жазбаны сақтау/")
            pg.screenshot(path=f"{out}/conflict-{tag}.png", full_page=True)
            pg.goto(f"{base}/{lang}/o/{record.pid}/edit")
            pg.fill("[name='dating.0.date.text']", "31 February 1405")
            pg.fill("[name='place.text']", "68.27, 42.85")
            pg.click("text=/Save the record|Жазбаны сақтау/")
            pg.screenshot(path=f"{out}/errors-{tag}.png")
            print(tag, "overflow", pg.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
        b.close()
