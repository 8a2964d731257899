"""The words of dates in four languages, and how they are told from numerals.

A phrase is words as they stand after ``fold`` (no dots, no Latin diacritics); ``*``
lets any ending follow, for these languages inflect.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

MANY = str.maketrans("ıəüöğçş‐‑‒–—―−’ʼ`", "ieuogcs-------'''")
LOOK_ALIKE = str.maketrans("хімсӏүуѵ", "xiмcivvv")  # the Cyrillic and Kazakh letters typed for x, i, c, v
ROMAN = re.compile(r"(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
ROMAN_VALUE = {"c": 100, "l": 50, "x": 10, "v": 5, "i": 1}

Phrase = tuple[str, int]  # kind and value

# One line a kind: its value after a space where it has one; a unit with value 1 says "from" by its ending.
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "century": "c, cc, cent, century, centuries",
        "millennium": "mill, millennium, millennia, millenium, millenia",
        "year": "year, yr",
        "years": "years, yrs",
        "bc": "bc, bce, b c, b c e, before christ",
        "ad": "ad, ce, a d, c e, common era",
        "circa": "ca, cca, circa, about, around, approx, approximately, roughly",
        "doubt": "probably, possibly, perhaps, maybe, uncertain, presumably, disputed, sources differ",
        "early": "early, beginning, start",
        "late": "late, end",
        "mid": "mid, middle",
        "half": "half",
        "quarter": "quarter",
        "third": "third",
        "ordinal 1": "first",
        "ordinal 2": "second",
        "ordinal 4": "fourth",
        "last": "last",
        "turn": "turn",
        "from": "from, since",
        "until": "to, until, till, through, up to, by",
        "before": "before, prior to",
        "after": "after",
        "not before": "not before, not earlier than, no earlier than",
        "not after": "not after, not later than, no later than",
        "onwards": "onwards, onward, and later, and after",
        "now": "present, to present, now, today, until now, to the present, to the present day",
        "between": "between",
        "and": "and",
        "or": "or",
        "filler": "of, the, in, on, at, built",
        "period": "middle age*, medieval*, bronze age, iron age, stone age, neolithic*, eneolithic*, palaeolithic*, "
        "period",
        "season": "spring, summer, autumn, winter",
        "month": "january jan, february feb, march mar, april apr, may, june jun, july jul, august aug, "
        "september sep sept, october oct, november nov, december dec",
    },
    "ru": {
        "century": "в, вв, век, века, веку, веке, веком, веков, веках, ст, столет*",
        "millennium": "тыс, тысячелет*, тыс лет",
        "year": "г, год, года, году, годом",
        "years": "гг, годы, годов, годах, годам",
        "bc": "до н э, до н эры, до нашей эры, днэ, до р х, до рождества христова",
        "ad": "н э, нэ, нашей эры, от р х, по р х",
        "circa": "ок, около, прибл, приблизительно, примерно",
        "doubt": "вероятно, возможно, предположительно, предп, спорно",
        "early": "начало, начала, начале, нач",
        "late": "конец, конца, конце, кон",
        "mid": "середина, середины, середине, сер",
        "half": "половин*, пол",
        "quarter": "четверть, четверти, четв",
        "third": "треть, трети",
        "ordinal 1": "первая, первой, перв",
        "ordinal 2": "вторая, второй, втор",
        "ordinal 3": "третья, третьей, трет",
        "ordinal 4": "четвертая, четвёртая, четвертой, четвёртой",
        "last": "последняя, последней, посл",
        "turn": "рубеж, рубежа, рубеже",
        "from": "с, со, от",
        "until": "до, по",
        "before": "ранее, раньше, перед",
        "after": "после",
        "not before": "не ранее, не раньше",
        "not after": "не позднее, не позже",
        "onwards": "и позднее, и позже, и далее",
        "now": "по настоящее время, настоящее время, по н в, н в, по наши дни, наши дни",
        "between": "между",
        "and": "и",
        "or": "или, либо",
        "period": "средневеков*, средние века, средних веков, бронзов* век*, эпох*, железн* век*, период*",
        "season": "весна весной, лето летом, осень осенью, зима зимой",
        "month": "январь января январе, февраль февраля феврале, март марта марте, апрель апреля апреле, май мая мае, "
        "июнь июня июне, июль июля июле, август августа августе, сентябрь сентября сентябре, "
        "октябрь октября октябре, ноябрь ноября ноябре, декабрь декабря декабре",
    },
    "kk": {
        "century": "ғ, ғғ, ғ ғ, ғасыр*, гасыр*, жүзжылдық*, жүзжылдығ*",
        "millennium": "мыңжылдық*, мыңжылдығ*, мың жылдық*, мың жылдығ*, м ж",
        "century 1": "ғасырдан, гасырдан, ғасырынан",
        "year": "ж, жыл*",
        "year 1": "жылдан, жылынан",
        "years": "жж, ж ж, жылдар*",
        "bc": "б з д, б з б, бзд, бзб, б э д, б ж с д, б ж с б, б д д, "
        "біздің заманымызға дейін*, біздің заманымыздан бұрын*, біздің дәуірімізге дейін*, біздің эрамызға дейін*, "
        "біздің эрамыздан бұрын*, біздің жыл санауымызға дейін*, біздің жыл санауымыздан бұрын*",
        "ad": "б з, бз, б э, біздің заманымыздың, біздің дәуіріміздің, біздің эрамыздың",
        "circa": "шамамен, шам, шамасында, жуық, жуықтап",
        "doubt": "мүмкін, бәлкім, болжам*, даулы",
        "early": "басы, басында, басынан, бас кезі, бас кезінде",
        "late": "соңы, соңында, соңына, соң, аяғы, аяғында",
        "mid": "ортасы, ортасында, ортасына, орта шені",
        "half": "жартысы, жартысында, жартысынан, жарты",
        "quarter": "ширегі, ширегінде, ширек",
        "third": "үштен бірі, үштен бір бөлігі, үштен бірінде",
        "ordinal 1": "бірінші, алғашқы",
        "ordinal 2": "екінші",
        "ordinal 3": "үшінші",
        "ordinal 4": "төртінші",
        "last": "соңғы",
        "turn": "тоғысы, тоғысында",
        "until": "дейін*",
        "before": "бұрын*",
        "after": "кейін*",
        "not before": "ерте емес, бұрын емес",
        "not after": "кеш емес, кейін емес",
        "onwards": "бастап, бері",
        "now": "қазірге дейін, бүгінге дейін, қазіргі уақытқа дейін, осы уақытқа дейін",
        "between": "аралығы, аралығында, арасы, арасында",
        "and": "және, мен, пен, бен",
        "or": "немесе, әлде",
        "period": "орта ғасыр*, ортағасыр*, қола дәуір*, темір дәуір*, дәуір*, кезең*",
        "season": "көктем көктемі, жаз жазы, күз күзі, қыс қысы",
        "month": "қаңтар*, ақпан*, наурыз*, сәуір*, мамыр*, маусым*, шілде*, тамыз*, қыркүйек* қыркүйег*, қазан*, "
        "қараша*, желтоқсан*",
    },
    "az": {
        "century": "ə, əsr*, yüzil*",
        "millennium": "minillik*, minilliy*, min illik*, min illiy*, min il",
        "century 1": "əsrdən, əsrindən, yüzildən",
        "year": "il, ilin, ildə, ilə, ili",
        "year 1": "ildən, ilindən",
        "years": "illər*",
        "bc": "e ə, eə, b e ə, m ə, eramızdan əvvəl*, eramızdan qabaq*, eramıza qədər*, bizim eradan əvvəl*, "
        "miladdan əvvəl*, miladdan öncə",
        "ad": "b e, eramızın, bizim eranın, bizim era, yeni eranın, miladi",
        "circa": "təxminən, təqribən, təxm, təqr",
        "doubt": "ehtimal*, güman*, mübahisəli, bəlkə",
        "early": "əvvəli, əvvəlində, əvvəlindən, əvvəlləri, əvvəllərində, başlanğıcı, başlanğıcında",
        "late": "sonu, sonunda, sonuna, sonları, sonlarında, axırı, axırında, axırları",
        "mid": "ortası, ortasında, ortasına, ortaları, ortalarında",
        "half": "yarısı, yarısında, yarısından, yarı",
        "quarter": "rübü, rübündə, rüb, dörddə biri",
        "third": "üçdə biri, üçdə bir hissəsi",
        "ordinal 1": "birinci, ilk",
        "ordinal 2": "ikinci",
        "ordinal 3": "üçüncü",
        "ordinal 4": "dördüncü",
        "last": "son, sonuncu, axırıncı",
        "turn": "qovşağı, qovşağında",
        "until": "qədər, dək, kimi",
        "before": "əvvəl, öncə, qabaq",
        "after": "sonra",
        "not before": "tez deyil, tez olmayaraq, əvvəl deyil",
        "not after": "gec deyil, gec olmayaraq, sonra deyil",
        "onwards": "başlayaraq, etibarən, bəri",
        "now": "indiyə qədər, indiyədək, bu günə qədər, bu günədək, hazıradək",
        "between": "arası, arasında",
        "and": "və",
        "or": "və ya, yaxud, ya da",
        "period": "orta əsr*, tunc dövr*, dəmir dövr*, dövr*",
        "season": "yaz yazı, yay yayı, payız payızı, qış qışı",
        "month": "yanvar*, fevral*, mart martın martda, aprel*, may mayın mayda, iyun*, iyul*, avqust*, sentyabr*, "
        "oktyabr*, noyabr*, dekabr*",
    },
}
REFUSED = frozenset(
    ("not", "no", "nor", "non", "than", "except", "without", "не", "нет", "без", "кроме", "чем", "емес", "жоқ", "deyil")
)


def fold(text: str) -> str:
    """Lower case without Latin diacritics, one kind of dash and apostrophe; Cyrillic letters stay."""
    text = unicodedata.normalize("NFKC", text.replace("İ", "i")).casefold()
    return " ".join(text.replace("\u0307", "").translate(MANY).split())


def roman(word: str) -> int | None:
    """The number a folded word writes in Roman numerals, with Cyrillic letters or not."""
    word = word.translate(LOOK_ALIKE)
    rest = word.lstrip("c")
    if not word or len(word) - len(rest) > 1 or not ROMAN.fullmatch(rest):
        return None
    values = [ROMAN_VALUE[letter] for letter in word]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


@cache
def phrases(lang: str | None) -> dict[str, list[tuple[tuple[str, ...], Phrase]]]:
    """First word (without ``*``) → its phrases; those of ``lang`` win over the same ones of another language."""
    table: dict[tuple[str, ...], Phrase] = {}
    for language in sorted(WORDS, key=lambda code: code == lang):
        for kind, text in WORDS[language].items():
            table.update(_entries(kind, text))
    by_head: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
    # Longest first, and exact words before stems: "до н э" before "до", "жылдар*" before "жыл*".
    for words in sorted(table, key=lambda w: (-len(w), "".join(w).count("*"), -len("".join(w)))):
        by_head.setdefault(words[0][:1], []).append((words, table[words]))
    return by_head


def _entries(kind: str, text: str) -> dict[tuple[str, ...], Phrase]:
    name, _, value = kind.partition(" ")
    groups = [fold(group) for group in text.split(",")]
    if name in ("month", "season"):
        first = 1 if name == "month" else 21
        return {(word,): ("month", first + at) for at, group in enumerate(groups) for word in group.split()}
    if value.isdigit():
        return {tuple(group.split()): (name, int(value)) for group in groups}
    return {tuple(group.split()): (kind, 0) for group in groups}


def find_phrase(words: list[str], lang: str | None) -> tuple[int, Phrase] | None:
    """How many of ``words`` the longest known phrase at their start takes, and what it is."""
    for pattern, phrase in phrases(lang).get(words[0][:1], ()):
        if len(pattern) <= len(words) and all(map(_fits, pattern, words)):
            return len(pattern), phrase
    return None


def _fits(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern
