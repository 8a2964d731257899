"""Words that made-up heritage objects are put together from. None of the objects exists."""

from __future__ import annotations

from typing import NamedTuple

FOUR = tuple[str, str, str, str]  # kk, az, ru, en
LANGS = ("kk", "az", "ru", "en")


class Thing(NamedTuple):
    """A type of object: the code of the vocabulary and how names of such objects begin or end."""

    code: str
    names: FOUR


THINGS = {
    "KZ": (
        Thing("mausoleum", ("{0} кесенесі", "{0} türbəsi", "Мавзолей {0}", "{0} Mausoleum")),
        Thing("mosque", ("{0} мешіті", "{0} məscidi", "Мечеть {0}", "{0} Mosque")),
        Thing("kurgan", ("{0} обасы", "{0} kurqanı", "Курган {0}", "{0} Kurgan")),
        Thing("settlement", ("{0} қонысы", "{0} yaşayış yeri", "Поселение {0}", "{0} Settlement")),
        Thing("necropolis", ("{0} қорымы", "{0} nekropolu", "Некрополь {0}", "{0} Necropolis")),
        Thing("rock_art", ("{0} петроглифтері", "{0} petroqlifləri", "Петроглифы {0}", "{0} Petroglyphs")),
        Thing("ancient_city", ("{0} қалашығы", "{0} şəhər yeri", "Городище {0}", "{0} Ancient City")),
        Thing("madrasa", ("{0} медресесі", "{0} mədrəsəsi", "Медресе {0}", "{0} Madrasa")),
    ),
    "AZ": (
        Thing("mausoleum", ("{0} кесенесі", "{0} türbəsi", "Мавзолей {0}", "{0} Mausoleum")),
        Thing("mosque", ("{0} мешіті", "{0} məscidi", "Мечеть {0}", "{0} Mosque")),
        Thing("minaret", ("{0} мұнарасы", "{0} minarəsi", "Минарет {0}", "{0} Minaret")),
        Thing("church", ("{0} шіркеуі", "{0} kilsəsi", "Церковь {0}", "{0} Church")),
        Thing("necropolis", ("{0} қорымы", "{0} nekropolu", "Некрополь {0}", "{0} Necropolis")),
        Thing("ancient_city", ("{0} қалашығы", "{0} şəhər yeri", "Городище {0}", "{0} Ancient City")),
        Thing("gravestone", ("{0} құлпытасы", "{0} qəbirüstü abidəsi", "Надгробие {0}", "{0} Gravestone")),
    ),
}
FIRST = (
    ("Ақтас", "Aqtas", "Актас", "Aktas"),
    ("Қарасай", "Qarasay", "Карасай", "Karasai"),
    ("Байтерек", "Bayterek", "Байтерек", "Baiterek"),
    ("Сарыбұлақ", "Sarıbulaq", "Сарыбулак", "Sarybulak"),
    ("Жетітөбе", "Jetitöbe", "Жетитобе", "Zhetitobe"),
    ("Көктөбе", "Göytəpə", "Коктобе", "Koktobe"),
    ("Қызылқорған", "Qızılqurğan", "Кызылкорган", "Kyzylkorgan"),
    ("Әулиебастау", "Övliyabulaq", "Аулиебастау", "Auliebastau"),
    ("Шекербұлақ", "Şəkərbulaq", "Шекербулак", "Shekerbulak"),
    ("Гүлбағ", "Gülbağ", "Гюльбаг", "Gulbagh"),
    ("Дашлы", "Daşlı", "Дашлы", "Dashly"),
    ("Йенгидже", "Yengicə", "Енгидже", "Yengija"),
)
SECOND = (
    ("ата", "ata", "ата", "Ata"),
    ("баба", "baba", "баба", "Baba"),
    ("төбе", "təpə", "тобе", "Tobe"),
    ("батыр", "batır", "батыр", "Batyr"),
    ("бей", "bəy", "бек", "Bey"),
    ("ана", "ana", "ана", "Ana"),
    ("қорған", "qala", "корган", "Korgan"),
    ("пір", "pir", "пир", "Pir"),
)
# What is said of an object: four languages each, {0} a number.
SUMMARIES = (
    (
        "Күйдірілген кірпіштен қаланған, биіктігі {0} м, күмбезі мен кіреберісі сақталған.",
        "Bişmiş kərpicdən tikilib, hündürlüyü {0} m-dir, günbəzi və portalı qalmaqdadır.",
        "Сложено из жжёного кирпича, высота {0} м, сохранились купол и портал.",
        "Built of fired brick, {0} m high; the dome and the portal survive.",
    ),
    (
        "Өзен жағасындағы биік террасада орналасқан, аумағы {0} гектарға жуық.",
        "Çayın sahilindəki hündür terrasda yerləşir, sahəsi təxminən {0} hektardır.",
        "Расположено на высокой террасе у реки, площадь около {0} гектаров.",
        "Lies on a high terrace above the river and covers about {0} hectares.",
    ),
    (
        "Қабырғалары шикі кесектен, іргетасы тастан өрілген, қалыңдығы {0} дм.",
        "Divarları çiy kərpicdən, bünövrəsi daşdan hörülüb, qalınlığı {0} dm-dir.",
        "Стены из сырцового кирпича на каменном основании, толщина {0} дм.",
        "Walls of mud brick stand on a stone footing and are {0} dm thick.",
    ),
    (
        "Тас бетінде {0} бейне қашалған: таутеке, бұғы, салт аттылар мен арбалар.",
        "Daşların üzərində {0} təsvir həkk olunub: keçilər, marallar, atlılar və arabalar.",
        "На скалах выбито {0} изображений: козлы, олени, всадники и повозки.",
        "The rocks carry {0} images: ibex, deer, riders and carts.",
    ),
)
HISTORIES = (
    (
        "Қазба жұмыстары кезінде {0} қабат анықталып, қыш ыдыстар мен тиындар табылды.",
        "Qazıntılar zamanı {0} mədəni təbəqə aşkar edilib, keramika və sikkələr tapılıb.",
        "При раскопках выявлено {0} слоёв, найдены керамика и монеты.",
        "Excavation revealed {0} layers with pottery and coins.",
    ),
    (
        "Жөндеу жұмыстары {0} рет жүргізілген, соңғысында шатыры қайта жабылды.",
        "Təmir işləri {0} dəfə aparılıb, sonuncuda dam örtüyü yenilənib.",
        "Ремонтировалось {0} раз, в последний раз перекрыта кровля.",
        "Repaired {0} times, most recently with a new roof covering.",
    ),
    (
        "Ел аузындағы аңыз бойынша мұнда {0} әулие жерленген.",
        "Rəvayətə görə burada {0} övliya dəfn olunub.",
        "По преданию, здесь похоронены {0} святых.",
        "Tradition says that {0} holy men are buried here.",
    ),
)
FABRIC = (
    (
        "Қабырғаның төменгі бөлігінде ылғал көтерілген, {0} жерінде сылақ түскен.",
        "Divarların aşağı hissəsində rütubət qalxıb, {0} yerdə suvaq tökülüb.",
        "В нижней части стен поднимается влага, в {0} местах отпала штукатурка.",
        "Damp rises in the lower walls and plaster has fallen in {0} places.",
    ),
    (
        "Әшекейінде {0} түрлі өрнек бар: геометриялық, өсімдік және жазу жолақтары.",
        "Bəzəyində {0} növ naxış var: həndəsi, nəbati və kitabə zolaqları.",
        "В декоре {0} видов орнамента: геометрический, растительный, пояса надписей.",
        "Its decoration has {0} kinds of ornament: geometric, vegetal and bands of script.",
    ),
)
CENTURIES = ("VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX")
DATES = (
    ("{0} ғ.", "kk"),
    ("{0} əsr", "az"),
    ("{0} в.", "ru"),
)
# Boxes well inside the borders: west, south, east, north.
BOXES = {
    "KZ": (
        (51.6, 43.2, 54.8, 45.0),
        (52.0, 47.6, 58.0, 50.3),
        (62.0, 45.6, 78.0, 51.0),
        (68.0, 42.6, 70.0, 43.5),
        (76.0, 43.7, 79.2, 45.4),
    ),
    "AZ": ((46.8, 39.8, 48.8, 40.8), (47.0, 40.95, 47.4, 41.15), (45.2, 39.1, 45.6, 39.35)),
}
