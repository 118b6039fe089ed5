"""The demo's registers: a notice in, a report out, a meeting, a hand-over and uses of the seal."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.registers import services
from assessment_center.registers.services import Entry
from assessment_center.registry.entries import demo_steps

FILE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]"
    b"/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def _at(hour: int, *, days: int) -> datetime:
    """That full hour, so many days ago."""
    then = timezone.localtime() - timedelta(days=days)
    return then.replace(hour=hour, minute=0, second=0, microsecond=0)


def keep_registers(demo: Demo) -> None:
    """A few lines that belong to the batch that went through all stages."""
    if demo.centre is None or "done" not in demo.batches:
        return
    code, today = demo.batches["done"].code, timezone.localdate()
    _documents(demo, code, today)
    _minutes(demo, code)
    _transfer(demo, code)
    _seals(demo, code, today)
    demo.say(f"{code} 登记簿")


def _documents(demo: Demo, code: str, today: date) -> None:
    assert demo.centre is not None
    common = {
        "counterpart": demo.centre.authority_name, "keeper": "周敏", "secrecy": "open", "copies": 1,
    }  # fmt: skip
    come = {**common, "title": "关于做好技能等级认定工作的通知",
            "document_number": "人社函〔2026〕18号",
            "dated": today - timedelta(days=60)}  # fmt: skip
    clerk = demo.actor(Role.CLERK)
    services.enter_document(actor=clerk, series="in", entry=Entry(come, file=FILE))
    gone = {**common, "title": f"关于 {code} 批次认定结果的报告", "document_number": "",
            "dated": today, "secrecy": "internal"}  # fmt: skip
    sent = services.enter_document(actor=clerk, series="out", entry=Entry(gone, code))
    right = {**gone, "document_number": "校认字〔2026〕7号"}
    services.enter_document(actor=clerk, series="out", entry=Entry(right, code, sent, "漏填文号"))


def _minutes(demo: Demo, code: str) -> None:
    values = {
        "title": "考务会", "held_at": _at(9, days=20), "place": "第二会议室",
        "chair": "林远", "recorder": "周敏",
        "present": "主考、考务组长、监考员、考评员、质量督导员",
        "agenda": "考试概况、考场规则与保密要求、试卷领取与交接、突发事件处置",
        "resolutions": "各岗位职责已明确；试卷由两人领取；手机统一存放。",
        "signed": "林远、周敏",
    }  # fmt: skip
    services.enter_minutes(
        actor=demo.actor(Role.CLERK), series="meeting", entry=Entry(values, code)
    )


def _transfer(demo: Demo, code: str) -> None:
    values = {
        "document": "理论试卷、签到表及成绩汇总表", "moved_at": _at(16, days=15),
        "place": "保密室", "giver": "周敏", "receiver": "何芳", "important": True, "leaves": False,
        "remark": "密封完好",
    }  # fmt: skip
    asked = services.enter_transfer(actor=demo.actor(Role.CLERK), entry=Entry(values, code))
    agreed = services.decide(actor=demo.actor(Role.HEAD), line=asked, agreed=True)
    services.complete_transfer(actor=demo.actor(Role.CLERK), line=agreed)


def _seals(demo: Demo, code: str, today: date) -> None:
    """One use carried out, one that waits for the head."""
    assert demo.centre is not None
    clerk = demo.actor(Role.CLERK)
    values = {
        "seal": demo.centre.seal_name, "document": "职业技能等级证书", "copies": 24,
        "purpose": "本批次合格人员发证", "applicant": "周敏",
    }  # fmt: skip
    asked = services.apply_for_seal(actor=clerk, entry=Entry(values, code))
    agreed = services.decide(actor=demo.actor(Role.HEAD), line=asked, agreed=True, words="同意")
    services.use_seal(actor=clerk, line=agreed, on=today, used_by="何芳", kept_by="周敏")
    values |= {"document": "认定结果报告", "copies": 2, "purpose": "报主管部门"}
    services.apply_for_seal(actor=clerk, entry=Entry(values, code))


demo_steps.register("registers.lines", keep_registers, order=660)
