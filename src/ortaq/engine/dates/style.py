"""How each of the four languages writes years, centuries, eras and parts."""

from __future__ import annotations

from dataclasses import dataclass

ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
SMALL_YEAR = 100  # below it, and above 9999, a bare number does not look like a year
LAST_MARKED_CENTURY = 10  # "5th century BC – 3rd century AD", but "5th century BC – 15th century"
AZ_ONES = ("", "ci", "ci", "cü", "cü", "ci", "cı", "ci", "ci", "cu")
AZ_TENS = ("", "cu", "ci", "cu", "cı", "ci", "cı", "ci", "ci", "cı")

Unit = tuple[str, int]


def roman(n: int) -> str:
    text = ""
    for value, letters in ROMAN:
        count, n = divmod(n, value)
        text += letters * count
    return text


def english(n: int) -> str:
    ending = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def az_ending(n: int) -> str:
    """The ordinal ending follows the vowel of the last word: 1883-cü, 1880-ci, 1906-cı, 1900-cü, 2000-ci."""
    if n % 10:
        return AZ_ONES[n % 10]
    if n % 100:
        return AZ_TENS[n // 10 % 10]
    return "cü" if n % 1000 else "ci"


@dataclass(frozen=True)
class Style:
    """Patterns of one language. ``units``: nominative, plural, genitive, and the forms of "from" and "until"."""

    lang: str
    bc: str  # with {} for what the era belongs to
    ad: str
    circa: str
    one_year: str
    many_years: str
    decades: str
    units: dict[str, tuple[str, str, str, str, str]]
    parts: dict[str, str]
    fractions: dict[str, str]
    ordinals: tuple[str, ...]
    since: str
    until: str
    seasons: tuple[str, ...]
    season_of: str

    def marked(self, text: str, mark: str) -> str:
        doubt = " (?)" if mark in ("?", "%") else ""
        return (self.circa.format(text) if mark in ("~", "%") else text) + doubt

    def era(self, text: str, n: int, *, ad: bool = False) -> str:
        return self.bc.format(text) if n <= 0 else self.ad.format(text) if ad else text

    def numeral(self, n: int, mark: str = "") -> str:
        text = english(abs(n)) if self.lang == "en" else roman(abs(n))
        return _signed(text, mark)

    def one(self, unit: str, n: int, *, ad: bool = False, mark: str = "") -> str:
        text = self.units[unit][0].format(self.numeral(n, mark))
        # English puts AD before a year and after a century.
        return f"{text} AD" if ad and n > 0 and self.lang == "en" else self.era(text, n, ad=ad)

    def part(self, name: str, which: int, unit: str, n: int) -> str:
        whole = self.units[unit][2].format(self.numeral(n))
        if not which:
            return self.era(self.parts[name].format(whole), n)
        counts = {"half": 2, "quarter": 4, "third": 3}
        ordinal = self.ordinals[-1] if which == counts[name] and which > 2 else self.ordinals[which - 1]
        return self.era(self.fractions[name].replace("*", ordinal).format(whole), n)

    def range(self, first: Unit, last: Unit, marks: tuple[str, str] = ("", "")) -> str:
        (unit, a), (other, b) = first, last
        if unit == other and (a > 0) == (b > 0):
            both = f"{self.numeral(a, marks[0])}–{self.numeral(b, marks[1])}"
            return self.era(self.units[unit][1].format(both), a)
        ad = b <= LAST_MARKED_CENTURY or self.bc.endswith("{}")
        return f"{self.one(unit, a, mark=marks[0])} – {self.one(other, b, ad=ad, mark=marks[1])}"

    def year(self, year: int, mark: str = "", *, ad: bool = False) -> str:
        bare = SMALL_YEAR <= year <= 9999 and not ad
        n = year if year > 0 else 1 - year
        if bare:
            return _signed(str(n), mark)
        return self.era(self.one_year.format(_signed(str(n), mark), az_ending(n)), year, ad=True)

    def years(self, first: int, last: int, marks: tuple[str, str] = ("", "")) -> str:
        if first <= 0 < last:
            return f"{self.year(first, marks[0])} – {self.year(last, marks[1], ad=True)}"
        a, b = (first, last) if first > 0 else (1 - first, 1 - last)
        both = f"{_signed(str(a), marks[0])}–{_signed(str(b), marks[1])}"
        if first >= SMALL_YEAR and last <= 9999:
            return both
        return self.era(self.many_years.format(both, az_ending(b)), first, ad=True)

    def decade(self, year: int) -> str:
        if self.lang == "en" and year % 100 == 0:
            return self.years(year, year + 9)  # "the 1900s" would be taken for the century
        return self.decades.format(year, az_ending(year))

    def open(self, side: str, unit: str, n: int) -> str:
        count = (n if n > 0 else 1 - n) if unit == "year" else n
        number = str(count) if unit == "year" else self.numeral(n)
        at = 3 if side == "from" else 4
        ad = unit == "year" and not SMALL_YEAR <= n <= 9999
        text = self.units[unit][at].format(number, az_ending(abs(count)))
        if unit == "year" and not ad and self.lang in ("en", "ru"):
            text = number
        pattern = self.since if side == "from" else self.until
        return pattern.format(self.era(text, n, ad=ad))

    def season(self, year: int, which: int) -> str:
        return self.season_of.format(self.seasons[which - 1], year, az_ending(year))


def _signed(text: str, mark: str) -> str:
    """The short marks, for an end that differs from the other."""
    return ("~" if mark in ("~", "%") else "") + text + ("?" if mark in ("?", "%") else "")


STYLES = {
    "en": Style(
        "en",
        bc="{} BC",
        ad="AD {}",
        circa="c. {}",
        one_year="{0}",
        many_years="{0}",
        decades="{0}s",
        units={
            "century": ("{} century", "{} centuries", "{} century", "the {} century", "the {} century"),
            "millennium": ("{} millennium", "{} millennia", "{} millennium", "the {} millennium", "the {} millennium"),
            "year": ("", "", "", "{0}", "{0}"),
        },
        parts={"early": "early {}", "mid": "mid-{}", "late": "late {}"},
        fractions={"half": "* half of the {}", "quarter": "* quarter of the {}", "third": "* third of the {}"},
        ordinals=("first", "second", "third", "last"),
        since="from {}",
        until="until {}",
        seasons=("spring", "summer", "autumn", "winter"),
        season_of="{0} {1}",
    ),
    "ru": Style(
        "ru",
        bc="{} до н. э.",
        ad="{} н. э.",
        circa="ок. {}",
        one_year="{0} г.",
        many_years="{0} гг.",
        decades="{0}-е",
        units={
            "century": ("{} век", "{} века", "{} века", "{} века", "{} века"),
            "millennium": ("{} тысячелетие", "{} тысячелетия", "{} тысячелетия", "{} тысячелетия", "{} тысячелетия"),
            "year": ("", "", "", "{0} г.", "{0} г."),
        },
        parts={"early": "начало {}", "mid": "середина {}", "late": "конец {}"},
        fractions={"half": "* половина {}", "quarter": "* четверть {}", "third": "* треть {}"},
        ordinals=("первая", "вторая", "третья", "последняя"),
        since="с {}",
        until="до {}",
        seasons=("весна", "лето", "осень", "зима"),
        season_of="{0} {1} г.",
    ),
    "kk": Style(
        "kk",
        bc="б.з.д. {}",
        ad="б.з. {}",
        circa="шамамен {}",
        one_year="{0} ж.",
        many_years="{0} жж.",
        decades="{0}-жылдар",
        units={
            "century": ("{} ғасыр", "{} ғасырлар", "{} ғасырдың", "{} ғасырдан", "{} ғасырға"),
            "millennium": ("{} мыңжылдық", "{} мыңжылдықтар", "{} мыңжылдықтың", "{} мыңжылдықтан", "{} мыңжылдыққа"),
            "year": ("", "", "", "{0} жылдан", "{0} жылға"),
        },
        parts={"early": "{} басы", "mid": "{} ортасы", "late": "{} соңы"},
        fractions={"half": "{} * жартысы", "quarter": "{} * ширегі", "third": "{} * үштен бірі"},
        ordinals=("бірінші", "екінші", "үшінші", "соңғы"),
        since="{} бастап",
        until="{} дейін",
        seasons=("көктемі", "жазы", "күзі", "қысы"),
        season_of="{1} ж. {0}",
    ),
    "az": Style(
        "az",
        bc="e.ə. {}",
        ad="b.e. {}",
        circa="təxminən {}",
        one_year="{0}-{1} il",
        many_years="{0}-{1} illər",
        decades="{0}-{1} illər",
        units={
            "century": ("{} əsr", "{} əsrlər", "{} əsrin", "{} əsrdən", "{} əsrə"),
            "millennium": ("{} minillik", "{} minilliklər", "{} minilliyin", "{} minillikdən", "{} minilliyə"),
            "year": ("", "", "", "{0}-{1} ildən", "{0}-{1} ilə"),
        },
        parts={"early": "{} əvvəli", "mid": "{} ortası", "late": "{} sonu"},
        fractions={"half": "{} * yarısı", "quarter": "{} * rübü", "third": "{} * üçdə biri"},
        ordinals=("birinci", "ikinci", "üçüncü", "son"),
        since="{}",
        until="{} qədər",
        seasons=("yazı", "yayı", "payızı", "qışı"),
        season_of="{1}-{2} ilin {0}",
    ),
}
