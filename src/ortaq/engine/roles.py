"""As what a record names a person, an organisation or another record, for the page of the one that is named."""

from __future__ import annotations

from ortaq.engine.labels import L

ROLES = {
    "accepted_by": L(kk="қабылдады", az="qəbul edib", ru="принимает работы", en="accepts the works"),
    "adopted_by": L(kk="қабылдаған орган", az="qəbul edən orqan", ru="принявший орган", en="adopted it"),
    "analysed_by": L(kk="зертхана", az="laboratoriya", ru="лаборатория", en="laboratory"),
    "assessed_by": L(kk="тексерген", az="müayinə edən", ru="обследовал(а)", en="surveyed it"),
    "authored_by": L(kk="автор", az="müəllif", ru="автор", en="author"),
    "authority": L(kk="шешім шығарған орган", az="qərar verən orqan", ru="принявший решение орган", en="authority"),
    "bound_by": L(kk="міндеттелген тарап", az="öhdəlik daşıyan tərəf", ru="обязанная сторона", en="bound party"),
    "carried_out_by": L(kk="орындаушы", az="icraçı", ru="исполнитель", en="carried it out"),
    "checked_by": L(kk="тексерген", az="yoxlayan", ru="проверил(а)", en="checked it"),
    "compiled_by": L(kk="құрастырушы", az="tərtib edən", ru="составитель", en="compiled it"),
    "contracted": L(kk="мердігер", az="podratçı", ru="подрядчик", en="contractor"),
    "dated_by": L(kk="мерзімдеген", az="tarixləndirən", ru="датировал(а)", en="dated it"),
    "funded_by": L(kk="қаржыландырушы", az="maliyyələşdirən", ru="источник средств", en="funds it"),
    "guided_by": L(kk="жолбасшы", az="bələdçi", ru="проводник", en="guide"),
    "hosted_by": L(kk="қабылдаушы ұйым", az="qəbul edən təşkilat", ru="принимающая сторона", en="host"),
    "institution": L(kk="мекеме", az="müəssisə", ru="учреждение", en="institution"),
    "interpreted_by": L(kk="аудармашы", az="tərcüməçi", ru="переводчик", en="interpreter"),
    "invited_to": L(kk="қонақ", az="qonaq", ru="гость", en="guest"),
    "issued_by": L(kk="берген орган", az="verən orqan", ru="выдавший орган", en="issued it"),
    "kept_by": L(kk="сақтаушы", az="saxlayan", ru="хранитель", en="keeper"),
    "led_by": L(kk="жетекші", az="rəhbər", ru="руководитель", en="leader"),
    "licensed_by": L(kk="лицензия берген", az="lisenziya verən", ru="выдавший лицензию", en="licensing body"),
    "made_at": L(kk="шығарған ұйым", az="hazırlayan təşkilat", ru="создавшая организация", en="made there"),
    "made_by": L(kk="авторы", az="müəllifi", ru="создатель", en="maker"),
    "managed_by": L(kk="басқарушы", az="idarə edən", ru="управляющий", en="manager"),
    "may_publish": L(kk="жариялау құқығы бар", az="nəşr hüququ var", ru="право публикации", en="right to publish"),
    "organised_by": L(kk="ұйымдастырушы", az="təşkilatçı", ru="организатор", en="organiser"),
    "owned_by": L(kk="меншік иесі", az="mülkiyyətçi", ru="собственник", en="owner"),
    "part_of": L(kk="құрамына кіреді", az="tərkibinə daxildir", ru="входит в состав", en="part of it"),
    "permit_held_by": L(kk="рұқсат иесі", az="icazə sahibi", ru="держатель разрешения", en="permit holder"),
    "permitted_by": L(kk="рұқсат берген", az="icazə verən", ru="выдавший разрешение", en="permitting body"),
    "protected_by": L(kk="қорғау негізі", az="mühafizə əsası", ru="основание охраны", en="ground of protection"),
    "recommended_to": L(kk="жауапты", az="məsul", ru="ответственный", en="responsible"),
    "replaces": L(kk="алмастырады", az="əvəz edir", ru="заменяет", en="replaces it"),
    "report_received_by": L(
        kk="есепті қабылдаған", az="hesabatı qəbul edən", ru="принял отчёт", en="received the report"
    ),
    "researched_by": L(kk="зерттеуші", az="tədqiqatçı", ru="исследователь", en="researcher"),
    "reviewed_by": L(kk="сарапшы", az="ekspert", ru="эксперт", en="reviewer"),
    "see_also": L(kk="сілтейді", az="istinad edir", ru="ссылается", en="refers to it"),
    "spoke_at": L(kk="баяндамашы", az="məruzəçi", ru="докладчик", en="speaker"),
    "supersedes": L(kk="жаңа нұсқасы", az="yeni versiyası", ru="новая версия", en="newer version"),
    "takes_part": L(kk="қатысушы", az="iştirakçı", ru="участник", en="participant"),
    "used_by": L(kk="пайдаланушы", az="istifadəçi", ru="пользователь", en="user"),
    "within": L(kk="ішінде орналасқан", az="daxilində yerləşir", ru="находится внутри", en="lies within"),
    "works_at": L(kk="қызметкер", az="əməkdaş", ru="сотрудник", en="works there"),
}
