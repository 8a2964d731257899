import sys, time, csv, os

sys.path.insert(0, "/tmp/prof")
from gen import TXT
from ortaq.imports import actions as imports
from ortaq.imports.mapping import Mapping
from ortaq.engine import actions
import pytest

M = """lang="kk"
[[column]]
field="country"
value="KZ"
"""
for l in ("kk", "az", "ru", "en"):
    M += f'[[column]]\nname="n_{l}"\nfield="names.name"\nlang="{l}"\nset={{kind="variant"}}\n'
M += '[[column]]\nname="t"\nfield="object_type"\n[[column]]\nname="u"\nfield="admin_unit"\n'
for i in (1, 2):
    M += f'[[column]]\nname="d{i}"\nfield="dating.date"\nlang="en"\n[[column]]\nname="r{i}"\nfield="register.number"\nset={{list="L"}}\n[[column]]\nname="us{i}"\nfield="use.use"\n'
M += '[[column]]\nname="s_kk"\nfield="summary"\nlang="kk"\n[[column]]\nname="s_ru"\nfield="summary"\nlang="ru"\n[[column]]\nname="p"\nfield="protection.category"\nset={source={text="x",certainty="L"}}\n[[column]]\nname="th"\nfield="threats.threat"\n[[column]]\nname="dim"\nfield="dimensions.size"\nset={what="height"}\n[[column]]\nname="ow"\nfield="ownership.owner"\n[[column]]\nname="src"\nfield="sources.source"\n[place]\nlat="lat"\nlon="lon"\nprecision="10km"\n'


@pytest.mark.django_db(transaction=True)
def test_speed(cast, tmp_path, monkeypatch):
    import random

    r = random.Random(1)
    n = 1000
    with open(tmp_path / "t.csv", "w", newline="") as f:
        w = csv.writer(f)
        w.writerow("n_kk n_az n_ru n_en t u d1 d2 r1 r2 us1 us2 s_kk s_ru p th dim ow src lat lon".split())
        for i in range(n):
            w.writerow(
                [
                    f"Нысан {i}",
                    f"Obyekt {i}",
                    f"Объект {i}",
                    f"Object {i}",
                    "mausoleum",
                    "kz-turkistan-otyrar",
                    f"{r.randint(8, 18)}th c.",
                    str(r.randint(1000, 1900)),
                    f"{i}-1",
                    i,
                    "pilgrimage",
                    "tourism",
                    TXT,
                    TXT,
                    "kz_local",
                    "damp",
                    f"{r.randint(3, 40)} m",
                    "Иесі",
                    "Тест",
                    42 + r.random(),
                    68 + r.random(),
                ]
            )
    locks = []
    old = imports._write

    def timed(*a):
        t = time.perf_counter()
        x = old(*a)
        locks.append((round(time.perf_counter() - t, 3), len(a[1])))
        return x

    monkeypatch.setattr(imports, "_write", timed)
    t = time.perf_counter()
    c = time.process_time()
    rep = imports.run(cast.aigerim, tmp_path / "t.csv", Mapping.parse(M), kind="heritage_object", owner=cast.museum)
    t = time.perf_counter() - t
    c = time.process_time() - c
    print(rep)
    print("rec/s", n / t, "cpu", n / c, "groups/s", 15 * n / t, 15 * n / c)
    print(locks)
