"""What the vocabularies themselves are called, for headings, forms and facets."""

from __future__ import annotations

from ortaq.engine.labels import L

LABELS: dict[str, L] = {
    "legal_type": L(
        kk="Ескерткіштің заңдағы түрі",
        az="Abidənin qanunla müəyyən edilmiş növü",
        ru="Вид памятника по закону",
        en="Type of monument in law",
    ),
    "object_type": L(kk="Нысан түрі", az="Obyektin növü", ru="Тип объекта", en="Object type"),
    "protection_category": L(
        kk="Қорғау санаты", az="Mühafizə kateqoriyası", ru="Категория охраны", en="Protection category"
    ),
    "zone": L(kk="Аймақ түрі", az="Zonanın növü", ru="Вид зоны", en="Kind of zone"),
    "condition": L(kk="Сақталу жағдайы", az="Vəziyyəti", ru="Состояние", en="Condition"),
    "threat": L(kk="Қауіп-қатер", az="Təhlükə", ru="Угроза", en="Threat"),
    "use": L(kk="Пайдаланылуы", az="İstifadəsi", ru="Использование", en="Use"),
    "work_kind": L(kk="Жұмыс түрі", az="İşin növü", ru="Вид работ", en="Kind of work"),
    "work_stage": L(kk="Жұмыс кезеңі", az="İşin mərhələsi", ru="Этап работ", en="Stage of work"),
    "participant_role": L(kk="Қатысушының рөлі", az="İştirakçının rolu", ru="Роль участника", en="Role of participant"),
    "material_kind": L(kk="Материал түрі", az="Materialın növü", ru="Вид материала", en="Kind of material"),
    "opinion_kind": L(kk="Пікір түрі", az="Rəyin növü", ru="Вид мнения", en="Kind of opinion"),
    "verdict": L(kk="Қорытынды", az="Yekun rəy", ru="Заключение", en="Verdict"),
    "opinion_status": L(kk="Пікірдің күйі", az="Rəyin statusu", ru="Статус мнения", en="Status of opinion"),
    "roadmap_area": L(
        kk="Жол картасының бағыты", az="Yol xəritəsinin istiqaməti", ru="Направление Дорожной карты", en="Roadmap area"
    ),
    "measure_status": L(kk="Шараның күйі", az="Tədbirin statusu", ru="Статус мероприятия", en="Status of measure"),
    "completion_form": L(kk="Аяқталу нысаны", az="Tamamlanma forması", ru="Форма завершения", en="Form of completion"),
    "event_kind": L(kk="Іс-шара түрі", az="Tədbirin növü", ru="Вид события", en="Kind of event"),
    "call_kind": L(
        kk="Байқау немесе шақыру түрі",
        az="Müsabiqə və ya çağırışın növü",
        ru="Вид конкурса или приглашения",
        en="Kind of call",
    ),
    "film_form": L(kk="Фильм түрі", az="Filmin növü", ru="Вид фильма", en="Form of film"),
    "film_use": L(kk="Фильмді пайдалану", az="Filmdən istifadə", ru="Использование фильма", en="Use of film"),
    "access_level": L(kk="Қолжетімділік деңгейі", az="Giriş səviyyəsi", ru="Уровень доступа", en="Access level"),
    "sensitivity": L(
        kk="Құпия мәлімет түрі",
        az="Həssas məlumatın növü",
        ru="Вид чувствительных сведений",
        en="Kind of sensitive information",
    ),
    "licence": L(kk="Лицензия", az="Lisenziya", ru="Лицензия", en="Licence"),
    "platform_role": L(
        kk="Платформадағы рөл", az="Platformadakı rol", ru="Роль на платформе", en="Role on the platform"
    ),
    "translation_status": L(
        kk="Аударманың күйі", az="Tərcümənin statusu", ru="Статус перевода", en="Status of translation"
    ),
    "dating_certainty": L(
        kk="Мерзімдеудің сенімділігі",
        az="Tarixləndirmənin etibarlılığı",
        ru="Достоверность датировки",
        en="Certainty of dating",
    ),
    "name_kind": L(kk="Атау түрі", az="Adın növü", ru="Вид названия", en="Kind of name"),
    "protection_action": L(
        kk="Мәртебемен не болды", az="Statusla bağlı hərəkət", ru="Действие со статусом", en="What happened to a status"
    ),
    "organisation_kind": L(kk="Ұйым түрі", az="Təşkilatın növü", ru="Вид организации", en="Kind of organisation"),
    "act_kind": L(kk="Акт түрі", az="Aktın növü", ru="Вид акта", en="Kind of legal act"),
    "place_kind": L(kk="Жер түрі", az="Yerin növü", ru="Вид места", en="Kind of place"),
    "owner_kind": L(kk="Меншік түрі", az="Mülkiyyət növü", ru="Вид собственности", en="Kind of ownership"),
    "threat_state": L(
        kk="Қауіптің анықтығы", az="Təhlükənin dəqiqliyi", ru="Определённость угрозы", en="How definite a threat is"
    ),
    "language": L(kk="Тіл", az="Dil", ru="Язык", en="Language"),
    "handling_mark": L(
        kk="Шектеу белгісі", az="Məhdudiyyət qrifi", ru="Ограничительная пометка", en="Restrictive marking"
    ),
    "archive_level": L(
        kk="Архивтік сипаттау деңгейі",
        az="Arxiv təsvirinin səviyyəsi",
        ru="Уровень архивного описания",
        en="Level of archival description",
    ),
    "copy_kind": L(
        kk="Түпнұсқа ма, көшірме ме", az="Əsli və ya surəti", ru="Подлинник или копия", en="Copy or original"
    ),
    "licence_source": L(
        kk="Лицензия негізі", az="Lisenziyanın əsası", ru="Основание лицензии", en="Source of a licence"
    ),
    "consent": L(
        kk="Бейнеленген адамдардың келісімі",
        az="Göstərilən şəxslərin razılığı",
        ru="Согласие изображённых лиц",
        en="Consent of persons shown",
    ),
    "material_status": L(kk="Құжат мәртебесі", az="Sənədin statusu", ru="Статус документа", en="Status of a document"),
    "time_zone": L(kk="Уақыт белдеуі", az="Saat qurşağı", ru="Часовой пояс", en="Time zone"),
    "event_state": L(kk="Іс-шараның күйі", az="Tədbirin vəziyyəti", ru="Состояние события", en="State of an event"),
    "event_entry": L(kk="Іс-шараға кіру", az="Tədbirə giriş", ru="Вход на событие", en="Entry to an event"),
    "research_state": L(
        kk="Зерттеудің күйі", az="Tədqiqatın vəziyyəti", ru="Состояние исследования", en="State of research"
    ),
    "research_role": L(kk="Зерттеудегі рөл", az="Tədqiqatdakı rol", ru="Роль в исследовании", en="Role in research"),
    "difficulty": L(
        kk="Маршруттың қиындығы", az="Marşrutun çətinliyi", ru="Сложность маршрута", en="Difficulty of a route"
    ),
    "practice_kind": L(kk="Тәжірибе түрі", az="Təcrübənin növü", ru="Вид опыта", en="Kind of practice"),
    "would_repeat": L(
        kk="Қайталауға бола ма", az="Təkrar etməyə dəyərmi", ru="Стоит ли повторять", en="Would it be repeated"
    ),
    "extent_unit": L(kk="Көлем бірлігі", az="Həcm vahidi", ru="Единица объёма", en="Unit of extent"),
    "work_status": L(kk="Жұмыстың күйі", az="İşin statusu", ru="Состояние работы", en="State of work"),
    "work_reason": L(kk="Жұмыстың себебі", az="İşin səbəbi", ru="Причина работ", en="Reason for work"),
    "permit_kind": L(
        kk="Жұмыс рұқсатының түрі",
        az="İş icazəsinin növü",
        ru="Вид разрешения на работы",
        en="Kind of permit for works",
    ),
    "licence_kind": L(kk="Лицензия түрі", az="Lisenziyanın növü", ru="Вид лицензии", en="Kind of licence"),
    "review_kind": L(kk="Қарау түрі", az="Baxılma növü", ru="Вид рассмотрения", en="Kind of review"),
    "element": L(kk="Құрылыс элементі", az="Tikili elementi", ru="Элемент сооружения", en="Element of a structure"),
    "material": L(kk="Құрылыс материалы", az="Tikinti materialı", ru="Строительный материал", en="Building material"),
    "deterioration": L(kk="Бүліну түрі", az="Zədələnmə növü", ru="Вид разрушения", en="Deterioration"),
    "condition_class": L(
        kk="Жай-күй класы (EN 16096)",
        az="Vəziyyət sinfi (EN 16096)",
        ru="Класс состояния (EN 16096)",
        en="Condition class (EN 16096)",
    ),
    "urgency_class": L(
        kk="Шұғылдық класы (EN 16096)",
        az="Təcililik sinfi (EN 16096)",
        ru="Класс срочности (EN 16096)",
        en="Urgency class (EN 16096)",
    ),
    "recommendation_class": L(
        kk="Ұсыным класы (EN 16096)",
        az="Tövsiyə sinfi (EN 16096)",
        ru="Класс рекомендации (EN 16096)",
        en="Recommendation class (EN 16096)",
    ),
    "reversibility": L(kk="Қайтымдылығы", az="Geri qaytarıla bilməsi", ru="Обратимость", en="Reversibility"),
    "new_fabric": L(
        kk="Жаңа материал үлесі", az="Yeni materialın payı", ru="Доля нового материала", en="Degree of new fabric"
    ),
    "survey_form": L(kk="Тексеру нысаны", az="Müayinə forması", ru="Форма обследования", en="Form of survey"),
    "survey_method": L(kk="Тексеру әдісі", az="Müayinə üsulu", ru="Метод обследования", en="Method of survey"),
    "disturbance": L(
        kk="Ескерткіштің бүліну түрі",
        az="Abidənin pozulma növü",
        ru="Вид нарушения памятника",
        en="Disturbance of a site",
    ),
    "extent": L(kk="Көлемі", az="Həcmi", ru="Масштаб", en="Extent"),
    "cause_certainty": L(
        kk="Себептің анықтығы", az="Səbəbin dəqiqliyi", ru="Достоверность причины", en="Certainty of cause"
    ),
    "erosion_agent": L(kk="Эрозия факторы", az="Eroziya amili", ru="Фактор эрозии", en="Agent of erosion"),
    "ground_cover": L(kk="Жер бетінің жамылғысы", az="Yer örtüyü", ru="Покров поверхности", en="Ground cover"),
    "traces": L(kk="Іздер", az="İzlər", ru="Следы", en="Traces"),
    "rock_surface_state": L(
        kk="Жартас бетінің күйі",
        az="Qaya səthinin vəziyyəti",
        ru="Состояние скальной поверхности",
        en="State of rock surface",
    ),
    "research_kind": L(kk="Зерттеу түрі", az="Tədqiqatın növü", ru="Вид исследования", en="Kind of research"),
    "research_permit": L(
        kk="Зерттеу рұқсатының түрі",
        az="Tədqiqat icazəsinin növü",
        ru="Вид разрешения на исследование",
        en="Kind of research permit",
    ),
    "expedition_role": L(
        kk="Экспедициядағы рөл", az="Ekspedisiyadakı rol", ru="Роль в экспедиции", en="Role in an expedition"
    ),
}
