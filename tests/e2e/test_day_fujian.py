"""A clerk's day under 福建: papers and certificates come from the authority, no level anywhere.

Three groups work one after the other at the same stations.
"""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from assessment_center.batches.demo_facts import moment
from assessment_center.registry import SYSTEM
from certificates.models import Certificate
from exams import demo as exam_steps
from exams import demo_places, services
from exams.demo_draws import hold_draws
from exams.models import Incident, Packet, RequisitionLine, SeatAssignment, Sitting
from exams.selectors import staff_on_duty
from tests.e2e.desk import Desks
from tests.e2e.special import TO_RESULTS, SmallOffice, every_form, filled, printed

pytestmark = [pytest.mark.e2e]


@pytest.fixture
def office(small: Any, monkeypatch: pytest.MonkeyPatch) -> SmallOffice:
    monkeypatch.setattr(demo_places, "LEAST_STATIONS", 3)  # three groups
    return small(moment(5, 18), "fujian", (("保育师", 4, 120),))


def test_a_day_in_fujian(office: SmallOffice, desks: Desks, clock: Any) -> None:
    see_the_groups(office, desks)
    receive_the_papers(office, desks, clock)
    hold_the_examination(office, desks, clock)
    clock.move_to(moment(6, 29))
    office.go_on("publicity", TO_RESULTS)
    fetch_the_certificates(office, desks)
    slugs = (
        "application-form", "admission-tickets", "sign-in", "room-record", "draw-record",
        "paper-receipt", "certificate-request",
    )  # fmt: skip
    told = every_form(desks.at(office.user("head")), office.batch, *slugs)
    assert "申报条件" not in told["application-form"]
    assert "破损" in told["paper-ledger"]
    assert desks.barriers == []


def groups(office: SmallOffice) -> list[Sitting]:
    return list(office.batch.sittings.order_by("starts_at"))


def see_the_groups(office: SmallOffice, desks: Desks) -> None:
    """One workshop, three times after another: the picture, a group's page, and its own sheets."""
    held = groups(office)
    assert len(held) == 3
    assert len({sitting.rooms.get().room_id for sitting in held}) == 1
    assert all(one.ends_at <= other.starts_at for one, other in pairwise(held))
    for phone in (False, True):
        desk = desks.at(office.user("clerk"), phone=phone)
        desk.go("exams_office:batch", office.batch.code)
        desk.sees("时间表", *(str(sitting) for sitting in held))
        desk.shot(f"groups-{'phone' if phone else 'wide'}", whole=True)
    clerk = desks.at(office.user("clerk"))
    clerk.go("exams_office:sitting", held[1].pk).sees("技能考核各人任务相同").shot("group")
    clerk.go("exams_office:duties", held[1].pk).sees("考评员").shot("group-duties", whole=True)
    clerk.go("exams_office:sets", office.batch.code).sees(*(str(each) for each in held))
    told = printed(clerk, office.batch, "sign-in")
    for seat in SeatAssignment.objects.filter(sitting__in=held):
        assert told.count(seat.application.person.name) == 1


def receive_the_papers(office: SmallOffice, desks: Desks, clock: Any) -> None:
    """Asked for by room; one bag comes with a broken seal and waits for the head."""
    code = office.batch.code
    clerk = desks.at(office.user("clerk"))
    clerk.go("batches_office:batch", code, query="?stage=papers").sees("还没有提出试卷需求")
    clerk.go("exams_office:supply", code).fill(spare=1).press("提出试卷需求")
    clerk.sees("保育师", "技能操作考核", "未到").shot("supply-asked")
    assert "试卷需求单" in printed(clerk, office.batch, "paper-requisition")
    clerk.fill(number="FJ-001", count=6, giver="林老师", receiver=1, second=2)
    clerk.press("登记接收").sees("试卷最早于 2026-05-22 00:00 领取", "依据")
    clock.move_to(moment(5, 22, 15))
    clerk.fill(number="FJ-001", count=_asked(office, 0), giver="林老师", receiver=1, second=1)
    clerk.press("登记接收").sees("不能是同一人")
    clerk.fill(number="FJ-001", count=_asked(office, 0), giver="林老师", receiver=1, second=2)
    clerk.fill(seal_broken=True, note="封条一角翘起").press("登记接收").sees("待主任决定")
    assert Incident.objects.get().kind == "paper_leak"
    head = desks.at(office.user("head")).go("exams_office:supply", code)
    head.fill(decision="已报中心，同意按原卷入库").press("同意入库").sees("已入库")
    clerk.go("exams_office:supply", code)
    clerk.fill(number="FJ-002", count=1, giver="林老师", receiver=1, second=2).press("登记接收")
    clerk.sees("FJ-002 已入库").shot("supply-stored", whole=True)
    for number, line in enumerate(_awaited(office), start=3):
        _received(line, f"FJ-{number:03d}")
    told = printed(clerk, office.batch, "paper-receipt")
    assert all(word in told for word in ("试卷交接单", "FJ-001", "破损", "同意按原卷入库"))


def _asked(office: SmallOffice, place: int) -> int:
    lines = office.batch.paper_requisitions.get(is_current=True).lines.order_by("-count")
    return int(lines[place].count)


def _awaited(office: SmallOffice) -> list[RequisitionLine]:
    """The bags asked for that have not come."""
    asked = office.batch.paper_requisitions.get(is_current=True)
    return list(asked.lines.filter(parcels=None).order_by("sitting_room__sitting__number", "kind"))


def _received(line: RequisitionLine, number: str) -> None:
    """The other bags, fetched by the same two."""
    two = staff_on_duty()[:2]
    receipt = services.Receipt(number, line.count, "林老师", *two)
    services.receive_parcel(actor=SYSTEM, line=line, receipt=receipt)


def hold_the_examination(office: SmallOffice, desks: Desks, clock: Any) -> None:
    """Group after group: lots, papers in the room, the start; then every copy accounted for."""
    code = office.batch.code
    clerk = desks.at(office.user("clerk"))
    for sitting in groups(office):
        clock.move_to(sitting.starts_at - timedelta(minutes=14))
        if sitting == groups(office)[0]:
            draw_the_stations(office, desks, sitting)
            clerk.go("exams_office:day", code).press("开考")
            clerk.sees("试卷还没有领到考场，不能开考")
            clerk.go("exams_office:custody", code).sees("在库").shot("custody-stored")
            clerk.fill(giver=1, receiver=2).press("领出")
        else:
            hold_draws(office.demo, sitting)
            for packet in _bags(sitting):
                services.hand_over(actor=SYSTEM, packet=packet, hands=_hands())
        clock.move_to(sitting.starts_at + timedelta(minutes=1))
        clerk.go("exams_office:day", code).press("开考").sees("考试中")
        sitting.refresh_from_db()
        exam_steps._room(office.demo, sitting, sitting.rooms.get())
    clerk.go("exams_office:day", code).shot("groups-held", whole=True)
    clock.move_to(moment(5, 23, 20))
    clerk.go("exams_office:custody", code).fill(giver=2, receiver=1).press("交回")
    for packet in Packet.objects.exclude(state="returned"):
        if packet.state == "packed":
            services.hand_over(actor=SYSTEM, packet=packet, hands=_hands())
        services.return_packet(actor=SYSTEM, packet=packet, hands=_hands(), count=packet.count)
    clerk.go("exams_office:supply", code)
    clerk.fill("/dispose/", sent_back=99, destroyed=0, first=1, second=2, taker="林老师")
    clerk.press("登记清退").sees("不能多于它")
    clerk.fill("/dispose/", sent_back=1, destroyed=0, first=1, second=2, taker="林老师")
    clerk.press("登记清退").sees("留存归档").shot("supply-done", whole=True)
    assert "清退：收回" in printed(clerk, office.batch, "paper-ledger")


def draw_the_stations(office: SmallOffice, desks: Desks, sitting: Sitting) -> None:
    """Stations are drawn before a witness; the seats that were planned give way to the lots."""
    clerk = desks.at(office.user("clerk")).go("exams_office:draws", sitting.pk)
    clerk.sees("工位", "密钥已封存").fill("/hold/", witness="林老师").press("抽签")
    clerk.sees("重演一致", "林老师").shot("group-lots", whole=True)
    names = sitting.seats.values_list("application__person__name", flat=True)
    clerk.sees(*names)
    desks.at(office.user("clerk"), phone=True).go("exams_office:draws", sitting.pk).sees(*names)
    hold_draws(office.demo, sitting)


def _bags(sitting: Sitting) -> list[Packet]:
    return list(Packet.objects.filter(sitting_room__sitting=sitting, kind="main"))


def _hands() -> services.Hands:
    return services.Hands(*staff_on_duty()[:2])


def fetch_the_certificates(office: SmallOffice, desks: Desks) -> None:
    """The list goes out, the authority's answer is tried, corrected, registered; anybody asks."""
    code = office.batch.code
    clerk = desks.at(office.user("certificate_clerk"))
    clerk.go("certificates_office:batch", code).press("生成申领名册").shot("certificates-asked")
    told = printed(clerk, office.batch, "certificate-request")
    assert "合格人员花名册" in told
    assert "成绩等次证书编号" in told
    sheet = clerk.download("下载名册")
    passed = office.batch.certificate_requests.get().lines.count()
    rows = [
        {"证书编号": f"FJ26{n:05d}", "空白证书号": f"KB{n:04d}", "发证日期": date(2026, 6, 26)}
        for n in range(passed)
    ]
    twice = filled(sheet, *[{**row, "证书编号": "FJ26SAME"} for row in rows])
    clerk.go("certificates_office:batch", code)
    clerk.fill("/receive/", file=("回执.xlsx", twice), count=passed, giver="林老师")
    clerk.refused("检查或登记").sees("清单中有相同的证书编号", "一份也没有登记")
    clerk.shot("certificates-wrong")
    clerk.fill("/receive/", file=("回执.xlsx", filled(sheet, *rows)), count=passed, giver="林老师")
    clerk.page.locator("form[action*='/receive/'] [name='dry_run']").uncheck()
    clerk.press("检查或登记").sees("已全部领回", "FJ2600000").shot("certificates-here", whole=True)
    one = Certificate.objects.order_by("number").first()
    clerk.go("certificates_office:certificate", one.pk).press("登记领取").sees("已领取")
    assert "专项职业能力" in one.face["title"]
    anybody = desks.at(phone=True).go("verify:form")
    anybody.fill(number=one.number, name=one.face["name"]).press("查验")
    anybody.sees("本中心有这份证书的登记", "www.fjosta.org.cn", one.basis.grade_label)
    anybody.shot("verify-outside")
