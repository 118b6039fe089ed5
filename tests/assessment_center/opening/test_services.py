"""The first day is declared by one, signed by another, and applied as a whole or not at all."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.opening import services
from assessment_center.opening.book import OpeningBook
from assessment_center.opening.enums import Beginning
from assessment_center.opening.models import OpeningDeclaration, OpeningSheet
from assessment_center.opening.selectors import declaration_of, settled
from assessment_center.people import rotation
from assessment_center.people.models import Person
from assessment_center.registry import SYSTEM, RefusedError, SubjectRef
from candidates.models import Ban, HeldCertificate, SubjectPass
from certificates.models import BlankMovement, EarlierCertificate, NumberSeries
from questionbank.models import EarlierItem, EarlierPaper
from tests.assessment_center.opening import build as b
from tests.factories import foundation as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def clock(frozen) -> None:
    frozen(2026, 6, 1, 9)


def refused(call, **more) -> str:
    with pytest.raises(RefusedError) as fault:
        call(**more)
    return str(fault.value)


def applied() -> list[int]:
    models = (
        NumberSeries, EarlierCertificate, HeldCertificate, BlankMovement, Ban, SubjectPass,
        EarlierPaper, EarlierItem,
    )  # fmt: skip
    return [model.objects.count() for model in models]


def test_a_new_centre_is_settled_by_two_signatures() -> None:
    centre = b.centre()
    assert "两人签署" in str(settled(centre))
    begun = b.begun(centre, Beginning.NEW)
    assert not settled(centre)
    prepared = services.prepare(actor=b.clerk(), declaration=begun)
    assert not settled(centre)
    services.sign(actor=b.head(), declaration=prepared)
    assert settled(centre)
    verbs = AuditEntry.objects.filter(verb__startswith="opening.").order_by("at")
    assert list(verbs.values_list("verb", flat=True)) == [
        "opening.begin",
        "opening.prepare",
        "opening.sign",
    ]


def test_everything_is_applied_at_the_signature_and_nothing_before() -> None:
    centre = b.centre()
    made = b.prepared(centre, **b.everything())
    assert applied() == [0] * 8
    assert not Person.objects.exists()
    services.sign(actor=b.head(), declaration=made)
    assert applied() == [1, 2, 1, 1, 1, 1, 1, 1]
    series = NumberSeries.objects.get()
    assert (series.opening_serial, series.last_serial) == (12, 12)
    assert Person.objects.count() == 4


def test_nobody_signs_what_he_prepared_nor_somebody_in_his_name() -> None:
    centre = b.centre()
    preparer = b.clerk()
    made = services.prepare(actor=preparer, declaration=b.filled(centre))
    assert "填报人不能签署" in refused(services.sign, actor=preparer, declaration=made)
    deputy = b.head()
    in_name = type(deputy)(deputy.ref, "x", deputy.permissions, in_name_of=preparer.ref)
    assert "填报人不能签署" in refused(services.sign, actor=in_name, declaration=made)
    assert "本人" in refused(services.sign, actor=SYSTEM, declaration=made)
    assert not settled(centre)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CERTIFICATE_CLERK, Role.ADMINISTRATOR])
def test_only_who_keeps_the_centre_may(role: Role) -> None:
    centre = b.centre()
    actor = f.make_user(role).as_actor()
    said = refused(services.begin, actor=actor, centre=centre, kind=Beginning.NEW)
    assert "角色" in said
    made = b.prepared(centre)
    assert "角色" in refused(services.sign, actor=actor, declaration=made)


def test_every_kind_must_be_answered() -> None:
    made = b.begun(b.centre())
    said = refused(services.prepare, actor=b.clerk(), declaration=made)
    for label in ("最后流水号", "已发证书", "空白证书结存", "有效禁考", "单科合格", "已用试卷"):
        assert label in said


def test_a_sheet_with_a_wrong_row_keeps_nothing() -> None:
    made = b.begun(b.centre())
    rows = [b.certificate(1), b.certificate(2, number=701, name="周恩恩", occupation="无此职业")]
    outcome = b.take(made, b.ISSUED, rows)
    assert [(p.row, p.header) for p in outcome.problems] == [(3, "职业")]
    assert not OpeningSheet.objects.exists()


def test_a_new_centre_brings_nothing() -> None:
    centre = b.centre()
    made = b.begun(centre)
    b.take(made, b.BLANKS, [b.blanks()])
    facts = {"actor": b.clerk(), "centre": centre, "kind": Beginning.NEW}
    assert "已经导入" in refused(services.begin, **facts)
    services.drop_sheet(actor=b.clerk(), declaration=made, key=b.BLANKS)
    services.begin(**facts)
    content = b.workbook(b.BLANKS, [b.blanks()])
    said = refused(
        services.take_sheet, actor=b.clerk(), declaration=made, key=b.BLANKS, content=content
    )
    assert "新机构没有期初数据" in said


def test_a_handed_over_declaration_is_locked_until_it_is_returned() -> None:
    centre = b.centre()
    made = b.prepared(centre, certificates_serials=[b.LAST])
    content = b.workbook(b.SERIALS, [b.LAST])
    facts = {"actor": b.clerk(), "declaration": made, "key": b.SERIALS}
    assert "不能再改" in refused(services.take_sheet, content=content, **facts)
    assert "不能再改" in refused(services.drop_sheet, **facts)
    said = refused(services.give_back, actor=b.head(), declaration=made, reason=" ")
    assert "原因" in said
    services.give_back(actor=b.head(), declaration=made, reason="少一个序列")
    services.take_sheet(content=content, **facts)
    assert declaration_of(centre).status == "draft"


def test_what_changed_in_the_registers_meanwhile_is_found_at_the_signature() -> None:
    centre = b.centre()
    made = b.prepared(centre, certificates_serials=[b.LAST], certificates_issued=[b.certificate(1)])
    f.make_person("钱多多", number=f.id_number(700))
    said = refused(services.sign, actor=b.head(), declaration=made)
    assert "已发证书" in said
    assert "另一个姓名" in said
    assert applied() == [0] * 8
    assert not settled(centre)


def test_a_signed_declaration_is_taken_back_with_all_it_brought() -> None:
    centre = b.centre()
    made = b.signed(centre, **b.everything())
    said = refused(services.reopen, actor=b.head(), declaration=made, reason="")
    assert "原因" in said
    services.reopen(actor=b.head(), declaration=made, reason="流水号抄错")
    assert applied() == [1, 0, 0, 0, 0, 0, 0, 0]
    series = NumberSeries.objects.get()
    assert (series.opening_serial, series.last_serial) == (0, 0)
    assert not settled(centre)
    made.refresh_from_db()
    again = services.take_sheet(
        actor=b.clerk(),
        declaration=made,
        key=b.SERIALS,
        content=b.workbook(b.SERIALS, [{**b.LAST, "last_serial": 20}]),
    )
    assert again.ok
    services.sign(actor=b.head(), declaration=services.prepare(actor=b.clerk(), declaration=made))
    series.refresh_from_db()
    assert (series.opening_serial, series.last_serial) == (20, 20)
    assert applied() == [1, 2, 1, 1, 1, 1, 1, 1]


def test_kept_rows_are_unreadable_and_go_along_with_the_keys(settings, tmp_path) -> None:
    from assessment_center.keys import KeyRing

    made = b.filled(b.centre(), certificates_issued=[b.certificate(1)])
    sheet = OpeningSheet.objects.get(kind=b.ISSUED)
    kept = bytes(sheet.rows_sealed)
    assert f.id_number(700).encode() not in kept
    for name, setting in (("data", "PERSONAL_DATA_KEYS"), ("lookup", "PERSONAL_LOOKUP_KEYS")):
        ring = KeyRing(tmp_path, name, b"k" * 32, first=getattr(settings, setting)[1])
        setattr(settings, setting, ring)
    said: list[str] = []
    rotation.rotate(say=said.append, grace=0)
    assert any("期初数据：已换" in line for line in said)
    row = OpeningBook(made).rows(b.ISSUED)[0]
    assert row.values["id_number"] == f.id_number(700)
    assert row.values["issued_on"] == date(2026, 3, 2)
    sheet.refresh_from_db()
    assert bytes(sheet.rows_sealed) != kept


# What the database itself refuses.


def broken(sql: str) -> str:
    with (
        pytest.raises(IntegrityError) as fault,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    return str(fault.value)


T, SHEET = "opening_openingdeclaration", "opening_openingsheet"


def test_the_tables_keep_two_different_signatures() -> None:
    centre, one, other = b.centre(), f.make_user(Role.CLERK), f.make_user(Role.HEAD)
    prepared = {"prepared_by": one, "prepared_at": timezone.now(), "digest": "0" * 64}
    signed = {**prepared, "status": "signed", "signed_by": other, "signed_at": timezone.now()}
    wrong = (
        ("opening_two_people", {**signed, "signed_by": one}),
        ("opening_signed_whole", {**signed, "signed_by": None}),
        ("opening_signed_whole", {**signed, "status": "prepared"}),
        ("opening_prepared_whole", {"status": "prepared"}),
        ("opening_prepared_whole", prepared),
        ("opening_known", {"kind": "maybe"}),
    )
    for name, facts in wrong:
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            OpeningDeclaration.objects.create(**{"centre": centre, "kind": "new", **facts})
    OpeningDeclaration.objects.create(centre=centre, kind="new", **signed)


def test_a_signed_declaration_stays_as_it_was_signed() -> None:
    b.signed(b.centre(), certificates_serials=[b.LAST])
    for change in ("digest = repeat('0', 64)", "signed_at = now()", "kind = 'new'"):
        assert "不能改动" in broken(f"UPDATE {T} SET {change}")
    assert "不能删除" in broken(f"DELETE FROM {T}")
    assert "不能再改动" in broken(f"DELETE FROM {SHEET}")
    assert "不能再改动" in broken(f"UPDATE {SHEET} SET file_name = 'x'")


def test_nothing_is_signed_that_was_not_prepared_as_it_is() -> None:
    made = b.filled(b.centre())
    other = f.make_user(Role.HEAD)
    signing = f"status = 'signed', signed_by_id = '{other.pk}', signed_at = now()"
    preparing = f"prepared_by_id = '{b.clerk().user_id}', prepared_at = now(), digest = 'x'"
    assert "提交后未改动" in broken(f"UPDATE {T} SET {signing}, {preparing}")
    services.prepare(actor=b.clerk(), declaration=made)
    assert "提交后未改动" in broken(f"UPDATE {T} SET {signing}, digest = 'y'")


def test_a_sheet_stands_once_and_counts_what_it_holds() -> None:
    made = b.begun(b.centre())
    b.take(made, b.SERIALS, [b.LAST])
    with pytest.raises(IntegrityError, match="opening_sheet_once"), transaction.atomic():
        OpeningSheet.objects.create(declaration=made, kind=b.SERIALS, count=0, rows_sealed=b"")
    assert "opening_sheet_counted" in broken(f"UPDATE {SHEET} SET count = 0")


def test_a_centre_declares_once() -> None:
    made = b.begun(b.centre())
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningDeclaration.objects.create(centre=made.centre, kind="new")
    assert services.begin(actor=b.clerk(), centre=made.centre, kind=Beginning.NEW) == made


def test_the_digest_follows_the_sheets() -> None:
    centre = b.centre()
    made = b.prepared(centre, certificates_serials=[b.LAST])
    first = made.digest
    services.give_back(actor=b.head(), declaration=made, reason="改")
    b.take(made, b.SERIALS, [{**b.LAST, "last_serial": 13}])
    again = services.prepare(actor=b.clerk(), declaration=made)
    assert len(again.digest) == 64
    assert again.digest != first
    assert SubjectRef("opening.openingdeclaration", made.pk) == made.ref
