"""Names offered while somebody types, over HTTP: beginnings of names of all languages, from two letters on."""

from __future__ import annotations

from urllib.parse import quote

from bench import folder, generate, import_, server
from bench.figures import Figure

RECORDS = 100_000
SECONDS = 30.0
LANGS = ("kk", "az", "ru", "en")
WORDS = ("кесене", "мешіт", "qala", "türbə", "мавзолей", "mosque", "Aktas", "қорған", "mausoleum", "курган")


def measure(records: int = RECORDS, seconds: float = SECONDS) -> list[Figure]:
    with folder.node() as bench:
        import_.load(bench, list(generate.objects(records, acts=bench.acts)))
        _open_all()
        typed = [word[:letters] for word in WORDS for letters in range(2, len(word) + 1)]
        paths = [f"/{LANGS[n % 4]}/search/names?q={quote(text)}" for n, text in enumerate(typed)]
        with server.serving() as node:
            import_.caught_up()
            found = server.times(node.port, paths, seconds)
    return [
        Figure(f"type-ahead over {records:,} records, p95", server.percentile(found, 0.95), "ms", at_most=20),
        Figure("type-ahead, p50", server.percentile(found, 0.5), "ms"),
    ]


def _open_all() -> None:
    """Everybody reads every record, as after publishing: only public names are offered."""
    from ortaq.engine.models import Record, Token

    things = Record.objects.filter(kind="heritage_object").values_list("id", flat=True)
    Token.objects.bulk_create(
        (Token(thing=thing, part="", token="public") for thing in things.iterator()),
        batch_size=2_000,
        ignore_conflicts=True,
    )
