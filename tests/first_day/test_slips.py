"""Slips: one-time codes on paper, and nothing else by which an account could be taken."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.accounts.models import PasswordReset, User
from assessment_center.accounts.services import create_staff, set_active
from assessment_center.audit.models import AuditEntry
from assessment_center.first_day import services
from assessment_center.first_day.models import ActivationCode, SlipPrint
from assessment_center.people.enums import StudentStatus
from assessment_center.people.models import SchoolClass, StudentRecord
from assessment_center.people.services import enrol
from assessment_center.registry import SYSTEM, Actor, RefusedError
from candidates.services.accounts import sign_in
from tests.assessment_center.pdf.reading import codes as qr_codes
from tests.assessment_center.pdf.reading import pages, text
from tests.factories.foundation import (
    id_number,
    make_class,
    make_person,
    make_user,
)
from tests.first_day import days

pytestmark = pytest.mark.django_db
SECRET = "gulangyu-28"


def make_roll(school_class: SchoolClass, count: int) -> list[StudentRecord]:
    made = []
    for n in range(count):
        person = make_person("赵安㛃" if n == 0 else "", number=id_number(600 + n))
        number = f"24010{n:02d}"
        made.append(
            enrol(actor=SYSTEM, person=person, school_class=school_class, student_number=number)
        )
    return made


@pytest.fixture
def clerk() -> Actor:
    return make_user(Role.CLERK).as_actor()


@pytest.fixture
def roll() -> list[StudentRecord]:
    return make_roll(make_class(name="电气2401班"), 3)


def codes_of(clerk: Actor, roll: list[StudentRecord]) -> dict[str, str]:
    _printed, content = services.print_class_slips(actor=clerk, school_class=roll[0].school_class)
    return days.slips_of(content)


def use(number: str, code: str, password: str = SECRET) -> User:
    return services.activate(number=number, code=code, password=password, address="10.1.2.3")


def test_a_slip_says_whose_it_is_where_and_how(
    clerk: Actor, roll: list[StudentRecord], settings: Any
) -> None:
    settings.SITE_URL = "https://jn.example.edu.cn"
    printed, content = services.print_class_slips(actor=clerk, school_class=roll[0].school_class)
    shown = text(content)
    for words in ("赵安㛃", "2401000", "电气2401班", "jn.example.edu.cn/portal/activate", "有效至"):
        assert words in shown
    assert set(qr_codes(content)) == {"https://jn.example.edu.cn/portal/activate/"}
    assert set(days.slips_of(content)) == {"2401000", "2401001", "2401002"}
    assert all(id_number(600 + n) not in shown for n in range(3))
    assert (printed.count, printed.printed_by_id) == (3, clerk.user_id)
    about = AuditEntry.objects.filter(verb="slip.print")
    assert {entry.subject_kind for entry in about} == {"first_day.slipprint", "people.person"}
    assert about.count() == 4


def test_eleven_slips_take_two_sheets(clerk: Actor) -> None:
    roll = make_roll(make_class(), 11)
    _printed, content = services.print_class_slips(actor=clerk, school_class=roll[0].school_class)
    assert len(pages(content)) == 2


def test_no_code_is_kept(clerk: Actor, roll: list[StudentRecord]) -> None:
    code = codes_of(clerk, roll)["2401000"]
    plain = code.replace("-", "").encode()
    for row in ActivationCode.objects.all():
        assert len(bytes(row.digest)) == 32
        assert plain not in bytes(row.digest)
    assert code not in str(list(AuditEntry.objects.values_list("payload", flat=True)))


def test_the_code_opens_the_account_once(clerk: Actor, roll: list[StudentRecord]) -> None:
    code = codes_of(clerk, roll)["2401000"]
    user = use(" 2401000 ", code.lower().replace("-", " "))
    assert user == User.objects.get(person=roll[0].person)
    assert sign_in(id_number=id_number(600), password=SECRET) == user
    assert AuditEntry.objects.filter(verb="account.activate", subject_id=user.pk).exists()
    with pytest.raises(RefusedError, match="学号或激活码不对"):
        use("2401000", code)


def refusal(number: str, code: str) -> str:
    with pytest.raises(RefusedError) as refused:
        use(number, code)
    return str(refused.value)


def test_a_wrong_number_and_a_wrong_code_are_told_alike(
    clerk: Actor, roll: list[StudentRecord]
) -> None:
    codes = codes_of(clerk, roll)
    unknown = refusal("9999999", codes["2401000"])
    assert refusal("2401001", codes["2401000"]) == unknown
    assert refusal("2401002", "AAAA-BBBB-CCCC") == unknown
    assert "还可以再试 4 次" in unknown


def test_guessing_is_slowed_down_whatever_the_network(
    clerk: Actor, roll: list[StudentRecord], frozen: Callable[..., Any]
) -> None:
    clock = frozen(2026, 3, 2, 9)
    code = codes_of(clerk, roll)["2401000"]
    for _guess in range(5):
        refusal("2401000", "AAAA-BBBB-CCCC")
    assert "请在 09:15 以后再试" in refusal("2401000", code)
    assert use("2401001", codes_of(clerk, roll)["2401001"])
    clock.shift(timedelta(minutes=15))
    assert use("2401000", codes_of(clerk, roll)["2401000"])


def test_a_code_ends_after_thirty_days(
    clerk: Actor, roll: list[StudentRecord], frozen: Callable[..., Any]
) -> None:
    clock = frozen(2026, 3, 2, 9)
    codes = codes_of(clerk, roll)
    clock.shift(timedelta(days=30) - timedelta(minutes=1))
    assert use("2401000", codes["2401000"])
    clock.shift(timedelta(minutes=1))
    assert "已过期" in refusal("2401001", codes["2401001"])


def test_printing_again_cancels_the_former(clerk: Actor, roll: list[StudentRecord]) -> None:
    first = codes_of(clerk, roll)
    use("2401000", first["2401000"])
    second = codes_of(clerk, roll)
    assert set(second) == {"2401001", "2401002"}, "who has an account gets no slip"
    refusal("2401001", first["2401001"])
    assert use("2401001", second["2401001"])
    assert ActivationCode.objects.exclude(cancelled_at=None).count() == 2


def test_who_left_gets_no_slip_and_a_full_class_is_refused(
    clerk: Actor, roll: list[StudentRecord]
) -> None:
    StudentRecord.objects.filter(pk=roll[2].pk).update(status=StudentStatus.LEFT)
    codes = codes_of(clerk, roll)
    assert set(codes) == {"2401000", "2401001"}
    for number, code in codes.items():
        use(number, code)
    with pytest.raises(RefusedError, match="没有需要激活的学生"):
        codes_of(clerk, roll)


def test_one_slip_again_sets_a_forgotten_password(clerk: Actor, roll: list[StudentRecord]) -> None:
    user = use("2401000", codes_of(clerk, roll)["2401000"])
    with pytest.raises(RefusedError, match="原因"):
        services.print_person_slip(actor=clerk, student=roll[0], reason=" ")
    _printed, content = services.print_person_slip(actor=clerk, student=roll[0], reason="忘记密码")
    assert "补打：忘记密码" in SlipPrint.objects.latest("created_at").title
    again = use("2401000", days.slips_of(content)["2401000"], "another-word-7")
    assert again == user
    user.refresh_from_db()
    assert check_password("another-word-7", user.password)
    assert User.objects.filter(kind="candidate").count() == 1


def test_a_closed_account_stays_closed(clerk: Actor, roll: list[StudentRecord]) -> None:
    user = use("2401000", codes_of(clerk, roll)["2401000"])
    set_active(actor=SYSTEM, user=user, active=False)
    _printed, content = services.print_person_slip(actor=clerk, student=roll[0], reason="丢失")
    with pytest.raises(RefusedError, match="已停用"):
        use("2401000", days.slips_of(content)["2401000"], "another-word-7")


def test_a_weak_password_leaves_the_code_unspent(clerk: Actor, roll: list[StudentRecord]) -> None:
    code = codes_of(clerk, roll)["2401000"]
    for weak in ("short", "12345678", "password"):
        with pytest.raises(RefusedError):
            use("2401000", code, weak)
    assert use("2401000", code)


@pytest.mark.parametrize("role", [Role.HEAD, Role.REVIEWER, Role.DEPARTMENT, Role.ADMINISTRATOR])
def test_only_who_keeps_the_roll_prints(role: Role, roll: list[StudentRecord]) -> None:
    with pytest.raises(RefusedError, match="不能打印账号条"):
        codes_of(make_user(role).as_actor(), roll)


def test_a_name_no_face_draws_is_told_before_printing(
    clerk: Actor, roll: list[StudentRecord]
) -> None:
    person = roll[1].person
    type(person).objects.filter(pk=person.pk).update(name="王\U000323af")
    with pytest.raises(RefusedError, match="王"), transaction.atomic():
        codes_of(clerk, roll)
    assert not ActivationCode.objects.exists()


def test_the_database_keeps_one_live_code(clerk: Actor, roll: list[StudentRecord]) -> None:
    codes_of(clerk, roll)
    live = ActivationCode.objects.first()
    assert live is not None
    with pytest.raises(IntegrityError, match="activation_one_live_code"), transaction.atomic():
        ActivationCode.objects.create(
            person=live.person,
            slip_print=live.slip_print,
            digest=b"x" * 32,
            expires_at=live.expires_at,
        )
    now = timezone.now()
    with pytest.raises(IntegrityError, match="activation_used_or_cancelled"), transaction.atomic():
        ActivationCode.objects.filter(pk=live.pk).update(used_at=now, cancelled_at=now)
    with pytest.raises(IntegrityError, match="slip_print_of_somebody"), transaction.atomic():
        SlipPrint.objects.update(count=0)
    with pytest.raises(IntegrityError, match="slip_audience_known"), transaction.atomic():
        SlipPrint.objects.update(audience="all")


@pytest.mark.django_db(transaction=True)
def test_one_slip_in_four_hands_opens_one_account() -> None:
    clerk = make_user(Role.CLERK).as_actor()
    roll = make_roll(make_class(), 1)
    code = codes_of(clerk, roll)["2401000"]
    told: list[str] = []
    gate = threading.Barrier(4)

    def hand() -> None:
        gate.wait()
        try:
            use("2401000", code)
            told.append("opened")
        except RefusedError:
            told.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=hand) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["opened", "refused", "refused", "refused"]
    assert User.objects.filter(kind="candidate").count() == 1


def test_staff_come_in_by_their_slips_and_not_by_the_former(
    frozen: Callable[..., Any],
) -> None:
    clock = frozen(2026, 3, 2, 9)
    chief = make_user(Role.ADMINISTRATOR)
    for name in ("zhou", "lin"):
        create_staff(
            actor=SYSTEM,
            username=name,
            display_name=name,
            password="x-y-z-long-enough",
            roles=[Role.CLERK],
            must_change_password=True,
        )
    _printed, content = services.print_staff_slips(actor=chief.as_actor())
    first = days.slips_of(content)
    assert set(first) == {"zhou", "lin"}
    _printed, content = services.print_staff_slips(actor=chief.as_actor())
    second = days.slips_of(content)
    assert PasswordReset.objects.filter(used_at=None).count() == 2
    stale = Client().post(
        reverse("accounts_office:redeem"),
        {"username": "zhou", "code": first["zhou"], "password": SECRET, "again": SECRET},
    )
    assert "一次性代码不对" in days.page(stale)
    clock.shift(timedelta(days=6))
    days.redeem("zhou", second["zhou"])
    _printed, content = services.print_staff_slips(actor=chief.as_actor())
    assert set(days.slips_of(content)) == {"lin"}
    clock.shift(timedelta(days=8))
    late = Client().post(
        reverse("accounts_office:redeem"),
        {
            "username": "lin",
            "code": days.slips_of(content)["lin"],
            "password": days.PASSWORD,
            "again": days.PASSWORD,
        },
    )
    assert "代码已过期" in days.page(late)


def test_the_page_prints_finds_and_counts(roll: list[StudentRecord]) -> None:
    client = Client()
    client.force_login(make_user(Role.CLERK))
    url = reverse("first_day:slips")
    assert "3 人，已开通 0 人，持有效激活条 0 人" in days.page(client.get(url))
    answer = client.post(reverse("first_day:print_class", args=[roll[0].school_class_id]))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer.headers["Cache-Control"]
    use("2401001", days.slips_of(answer.content)["2401001"])
    shown = days.page(client.get(url))
    assert "3 人，已开通 1 人，持有效激活条 2 人" in shown
    assert "已用 1 张" in shown
    assert "2401001" in days.page(client.get(url, {"q": "2401001"}))
    assert "没有找到这名学生" in days.page(client.get(url, {"q": "没有"}))
    refused = client.post(reverse("first_day:print_person", args=[roll[0].pk]), follow=True)
    assert "请写明补打的原因" in days.page(refused)
