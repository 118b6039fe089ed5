"""Certificates the authority makes: asked for once, and its answer judged row by row."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from assessment_center.accounts.enums import Role
from assessment_center.people.selectors import id_number
from assessment_center.registry import SYSTEM, RefusedError
from assessment_center.spreadsheets import write
from certificates import services
from certificates.documents.rolls import request_roll
from certificates.models import Certificate, CertificateDelivery, RequestLine
from certificates.policies import all_issued
from certificates.selectors import awaited, own_certificate
from certificates.services.verifying import Query, verify_facts
from certificates.sheets import DELIVERY, line_facts, request_workbook
from tests.certificates import build
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
ON, TODAY = date(2026, 6, 17), date(2026, 6, 18)


def refusal(match):
    return pytest.raises(RefusedError, match=match)


@pytest.fixture
def batch():
    return build.final_batch(2, failed=1, rulebook="fujian", grade="良好")


@pytest.fixture
def asked(batch):
    return services.request_certificates(actor=SYSTEM, batch=batch, invoice="FP-1")


def answer(batch, *changes, drop=0):
    """The list as the authority fills it; `changes` are laid over its rows in turn."""
    rows = []
    for place, line in enumerate(awaited(batch), start=1):
        extra = changes[place - 1] if place <= len(changes) else {}
        rows.append(
            {
                **line_facts(line),
                "number": f"fj2026{place:06d}",
                "blank": f"KB{place}",
                "issued_on": ON,
                **extra,
            }
        )
    rows = rows[: len(rows) - drop]
    return write(rows, DELIVERY.columns, title="清单"), len(rows)


def receive(batch, sheet, **more):
    content, rows = sheet
    said = {"count": rows, "giver": "林老师", "received_on": TODAY, **more}
    dry_run = said.pop("dry_run", False)
    return services.receive_certificates(
        actor=SYSTEM,
        batch=batch,
        content=content,
        delivered=services.Delivered(**said),
        dry_run=dry_run,
    )


def told(report):
    return {(each.header, each.message) for each in report.problems}


def test_everyone_who_passed_is_asked_for_once(batch, asked):
    assert RequestLine.objects.filter(request=asked).count() == 2
    with refusal("没有待申领"):
        services.request_certificates(actor=SYSTEM, batch=batch)
    with refusal("您的角色"):
        services.request_certificates(actor=make.make_user(Role.CLERK).as_actor(), batch=batch)
    name, content = request_roll(batch, SYSTEM)[0]
    assert name.startswith("合格人员花名册")
    assert content.startswith(b"%PDF")
    assert request_workbook(asked).startswith(b"PK")


def test_nothing_is_asked_before_approval_or_where_the_centre_prints():
    early = build.final_batch(1, approved=False, rulebook="shandong")
    with refusal("尚未经主管部门审核") as why:
        services.request_certificates(actor=SYSTEM, batch=early)
    assert str(why.value.refusal.citations[0]).endswith("六1")
    own = build.final_batch(1)
    with refusal("不向主管部门申领"):
        services.request_certificates(actor=SYSTEM, batch=own)
    with refusal("主管部门编号和制作") as why:
        services.assign_numbers(actor=SYSTEM, batch=early, on=ON)
    assert str(why.value.refusal.citations[0]).endswith("六2")


def test_the_answer_is_tried_then_registered(batch, asked):
    assert not all_issued(batch)
    assert receive(batch, answer(batch), dry_run=True).ok
    assert not Certificate.objects.exists()
    report = receive(batch, answer(batch))
    assert (report.written, report.matched, report.missing) == (True, 2, [])
    one = Certificate.objects.order_by("number").first()
    assert (one.number, one.blank_number, one.issued_on) == ("FJ2026000001", "KB1", ON)
    assert (one.origin, one.status, one.series, one.token) == ("authority", "issued", None, "")
    assert one.face["maker"] == batch.centre.authority_name
    assert (one.face["grade"], one.face["level"]) == ("良好", "")
    assert one.face["title"] == "专项职业能力证书"
    assert one.application.certificate_held.number == one.number
    assert all_issued(batch)
    services.hand_out(actor=SYSTEM, certificate=one, to="本人")
    again = receive(batch, (report_sheet(one), 1))
    assert {each.message for each in again.problems} == {"没有为此人申领过证书，或已经领回"}


def report_sheet(one):
    row = {**line_facts(one.line), "number": "NEW-1", "blank": "", "issued_on": ON}
    return write([row], DELIVERY.columns, title="清单")


def test_a_part_may_come_first(batch, asked):
    report = receive(batch, answer(batch, drop=1))
    assert (report.matched, len(report.missing)) == (1, 1)
    assert not all_issued(batch)
    second = receive(batch, answer(batch, {"number": "FJ-9"}))
    assert second.written
    assert CertificateDelivery.objects.count() == 2


def test_the_number_on_the_table_must_agree_with_the_sheet(batch, asked):
    with refusal("实收证书 3 份，清单有 2 行"):
        receive(batch, answer(batch), count=3)
    with refusal("交证人"):
        receive(batch, answer(batch), giver=" ")
    with refusal("不能晚于今天"):
        receive(batch, answer(batch), received_on=date(2027, 1, 1))
    with refusal("没有数据行"):
        receive(batch, (write([], DELIVERY.columns, title="清单"), 1))


def test_every_wrong_row_is_named_by_row_and_column(batch, asked):
    lines = list(awaited(batch))
    other = id_number(lines[1].result.application.person)
    same = answer(batch, {"number": "A1"}, {"number": "a1"})
    assert told(receive(batch, same)) == {("证书编号", "清单中有相同的证书编号")}
    mixed = receive(batch, answer(batch, {"id_number": other, "ticket": ""}))
    assert ("姓名", "同一人在清单中出现两次") in told(mixed)
    stranger = receive(batch, answer(batch, {"ticket": "999", "id_number": ""}))
    assert told(stranger) == {("准考证号", "没有为此人申领过证书，或已经领回")}
    assert str(stranger.problems[0]).startswith("第 2 行“准考证号”")
    nobody = receive(batch, answer(batch, {"ticket": "", "id_number": ""}))
    assert told(nobody) == {("准考证号", "准考证号和证件号码至少填一项")}
    name = lines[0].result.application.person.name
    renamed = receive(batch, answer(batch, {"name": "赵不符"}))
    assert told(renamed) == {("姓名", f"与申领的姓名不符，申领的是“{name}”")}
    graded = receive(batch, answer(batch, {"grade": "优秀"}))
    assert told(graded) == {("成绩等次", "与成绩不符，本中心上报的是“良好”")}
    early = receive(batch, answer(batch, {"issued_on": date(2026, 5, 1)}))
    assert told(early) == {("发证日期", "早于考试日期")}
    late = receive(batch, answer(batch, {"issued_on": date(2026, 6, 19)}))
    assert told(late) == {("发证日期", "晚于领取日期")}
    blanks = receive(batch, answer(batch, {"blank": "K"}, {"blank": "K"}))
    assert told(blanks) == {("空白证书号", "清单中有相同的空白证书号")}
    assert not Certificate.objects.exists()
    assert not any(other in str(each) for each in mixed.problems)


def test_a_number_held_already_is_refused(batch, asked):
    receive(batch, answer(batch, drop=1))
    held = Certificate.objects.get().number
    report = receive(batch, answer(batch, {"number": held.lower()}))
    assert told(report) == {("证书编号", "这个证书编号已经登记")}


def test_the_public_is_told_who_made_it_and_what_we_vouch_for(batch, asked):
    receive(batch, answer(batch))
    one = Certificate.objects.order_by("number").first()
    person = one.application.person
    found = verify_facts(query=Query(number=one.number, name=person.name), address="1.1.1.1")
    assert (found[0].outside, found[0].queries) == (True, ("www.fjosta.org.cn",))
    assert own_certificate(make.make_user(Role.CLERK), one.application_id) is None


def test_the_tables_keep_the_origin(batch, asked):
    receive(batch, answer(batch))
    one = Certificate.objects.order_by("number").first()
    own = build.one_issued()
    tries = (
        ("UPDATE certificates_certificate SET origin = 'own' WHERE id = %s", one),
        ("UPDATE certificates_certificate SET line_id = NULL WHERE id = %s", one),
        ("UPDATE certificates_certificate SET token = 'x' WHERE id = %s", one),
        ("UPDATE certificates_certificate SET origin = 'authority' WHERE id = %s", own),
        ("DELETE FROM certificates_requestline WHERE id = %s", one.line),
        ("UPDATE certificates_certificatedelivery SET count = 9 WHERE id = %s", one.delivery),
    )
    for sql, row in tries:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [row.pk])


def test_a_certificate_belongs_to_the_line_it_was_asked_for_by(batch, asked):
    receive(batch, answer(batch, drop=1))
    line = awaited(batch).get()
    other = build.final_batch(1).results.get()
    wrong = Certificate(
        application=other.application,
        batch=other.batch,
        basis=other,
        origin="authority",
        line=line,
        delivery=CertificateDelivery.objects.get(),
        number="STOLEN",
        status="issued",
        issued_on=ON,
    )
    with pytest.raises(IntegrityError, match="证书与申领名册不符"), transaction.atomic():
        wrong.save()
