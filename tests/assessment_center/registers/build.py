"""Lines of the registers for tests."""

from datetime import date

from assessment_center.registers import services
from assessment_center.registers.services import Entry
from assessment_center.registry import SYSTEM
from tests.factories import foundation as make

DAY = date(2026, 6, 10)
NOW = make.at(2026, 6, 10)
DOCUMENT = {
    "title": "关于技能等级认定的通知", "counterpart": "省人社厅", "dated": date(2026, 6, 1),
    "secrecy": "open", "keeper": "陈档案",
}  # fmt: skip
TRANSFER = {
    "document": "理论试卷", "moved_at": NOW, "place": "保密室", "giver": "周敏", "receiver": "何芳",
}  # fmt: skip
MINUTES = {
    "title": "考务会", "held_at": NOW, "place": "会议室", "chair": "林远", "recorder": "周敏",
    "present": "全体监考", "agenda": "考场规则", "resolutions": "按规则执行", "signed": "林远",
}  # fmt: skip
SEAL = {
    "seal": "技能等级认定专用章", "document": "证书", "copies": 24, "purpose": "发证",
    "applicant": "周敏",
}  # fmt: skip


def document(actor=SYSTEM, series="in", file=b"", matter="", corrects=None, reason="", **values):
    entry = Entry({**DOCUMENT, **values}, matter, corrects, reason, file)
    return services.enter_document(actor=actor, series=series, entry=entry)


def transfer(actor=SYSTEM, matter="", corrects=None, reason="", **values):
    entry = Entry({**TRANSFER, **values}, matter, corrects, reason)
    return services.enter_transfer(actor=actor, entry=entry)


def minutes(actor=SYSTEM, series="meeting", matter="", **values):
    return services.enter_minutes(
        actor=actor, series=series, entry=Entry({**MINUTES, **values}, matter)
    )


def seal(actor=SYSTEM, matter="", corrects=None, reason="", **values):
    entry = Entry({**SEAL, **values}, matter, corrects, reason)
    return services.apply_for_seal(actor=actor, entry=entry)
