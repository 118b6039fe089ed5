"""Deputies act in a name, for a time, in view of everybody."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assessment_center.accounts import deputies, services
from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.models import Deputyship, User
from assessment_center.audit.models import AuditEntry
from assessment_center.audit.services import record
from assessment_center.audit.verify import verify_trail
from assessment_center.registry import SYSTEM, Actor, RefusedError
from tests.assessment_center.office_helpers import page_text, signed_in
from tests.factories.foundation import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Actor:
    return make_user(Role.HEAD).as_actor()


def days(first: int, last: int) -> dict[str, datetime]:
    now = timezone.now()
    return {"starts": now + timedelta(days=first), "ends": now + timedelta(days=last)}


def appoint(
    head: Actor, principal: User, deputy: User, first: int = 0, last: int = 3
) -> Deputyship:
    return deputies.appoint(
        actor=head, principal=principal, deputy=deputy, reason="因公出差", **days(first, last)
    )


def test_a_deputy_acts_in_the_name_and_the_trail_says_so(head: Actor) -> None:
    away = make_user(Role.CLERK, display_name="周晓梅")
    client = signed_in(Role.ARCHIVIST, display_name="高秀英")
    plan = reverse("batches_process:batch_new")
    row = appoint(head, away, client.user, first=-1)
    assert client.get(plan).status_code == 403
    mine = reverse("accounts_office:mine")
    assert "代周晓梅办理" in page_text(client.get(mine))
    client.post(reverse("accounts_office:act_for"), {"deputyship": str(row.pk)})
    assert client.get(plan).status_code == 200
    assert "正代周晓梅办理" in page_text(client.get(mine))
    client.post(reverse("people_office:find"), {"number": "1"})
    user = User.objects.get(pk=client.user.pk)
    user.lend_name(row)
    entry = record(actor=user.as_actor(), verb="account.open", subject=away.subject)
    assert (entry.actor_id, entry.actor_label) == (user.pk, "高秀英（代周晓梅）")
    assert entry.payload == {"in_name_of": str(away.pk)}
    assert verify_trail().sound
    client.post(reverse("accounts_office:act_for"), {"deputyship": ""})
    assert client.get(plan).status_code == 403


def test_the_name_ends_with_the_days(head: Actor, frozen: Callable[..., Any]) -> None:
    clock = frozen(2026, 4, 2, 9)
    away, client = make_user(Role.CLERK), signed_in(Role.ARCHIVIST)
    row = appoint(head, away, client.user, last=1)
    client.post(reverse("accounts_office:act_for"), {"deputyship": str(row.pk)})
    clock.shift(timedelta(days=2))
    answer = client.get("/admin/")
    assert "代理已经结束" in page_text(answer)
    assert client.get(reverse("batches_process:batch_new")).status_code == 403


@pytest.mark.parametrize("close", ["ended", "account closed", "duties joined"])
def test_what_ends_a_deputyship_ends_it_at_the_next_request(head: Actor, close: str) -> None:
    away, client = make_user(Role.SCORE_CLERK), signed_in(Role.ARCHIVIST)
    row = appoint(head, away, client.user, first=-1)
    client.post(reverse("accounts_office:act_for"), {"deputyship": str(row.pk)})
    scores = reverse("scoring_office:home")
    assert client.get("/admin/").status_code == 200
    if close == "ended":
        deputies.end(actor=away.as_actor(), deputyship=row)
    elif close == "account closed":
        services.set_active(actor=SYSTEM, user=away, active=False)
    else:
        services.grant_role(actor=SYSTEM, user=client.user, role=Role.ASSESSOR)
    assert "代理已经结束" in page_text(client.get("/admin/"))
    assert (client.get(scores).status_code == 403) is (close != "duties joined")


def test_nobody_takes_a_name_that_was_not_lent(head: Actor) -> None:
    row = appoint(head, make_user(Role.CLERK), make_user(Role.ARCHIVIST), first=-1)
    client = signed_in(Role.ARCHIVIST)
    client.post(reverse("accounts_office:act_for"), {"deputyship": str(row.pk)})
    assert client.get(reverse("batches_process:batch_new")).status_code == 403


def test_keys_and_accounts_are_not_lent(head: Actor) -> None:
    deputy = make_user(Role.ARCHIVIST)
    row = appoint(head, make_user(Role.ADMINISTRATOR, Role.BANK_MANAGER), deputy, first=-1)
    deputy.lend_name(row)
    assert deputy.as_actor().may(Act.BANK_ACCEPT)
    assert not deputy.as_actor().may(Act.PAPER_KEY)
    assert not deputy.as_actor().may(Act.ACCOUNT_MANAGE)


def test_circles_and_second_deputies_are_refused(head: Actor) -> None:
    one, two, three = (make_user(Role.CLERK) for _ in range(3))
    appoint(head, one, two)
    with pytest.raises(RefusedError, match="循环代理"):
        appoint(head, two, one, 1, 2)
    appoint(head, two, three)
    with pytest.raises(RefusedError, match="循环代理"):
        appoint(head, three, one)
    with pytest.raises(RefusedError, match="已有代理人"):
        appoint(head, one, three, 2, 9)
    assert appoint(head, one, three, 4, 9)
    assert appoint(head, three, one, 10, 11)


def test_duties_that_stay_apart_are_not_joined(head: Actor) -> None:
    with pytest.raises(RefusedError, match="登分与核分须由不同的人办理"):
        appoint(head, make_user(Role.SCORE_CLERK), make_user(Role.ASSESSOR))
    with pytest.raises(RefusedError, match="资格初审与资格复核"):
        appoint(head, make_user(Role.REVIEWER), make_user(Role.DEPARTMENT))


def test_who_may_appoint_whom(head: Actor) -> None:
    one, two = make_user(Role.CLERK), make_user(Role.CLERK)
    candidate = User.objects.create(username="c", display_name="考生", kind="candidate")
    own = User.objects.get(pk=head.user_id)
    with pytest.raises(RefusedError, match="由主任指定"):
        appoint(make_user(Role.CLERK).as_actor(), one, two)
    for principal, deputy, words in (
        (one, one, "不能是本人"), (one, own, "自己代理别人"), (one, candidate, "工作人员账号"),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match=words):
            appoint(head, principal, deputy)
    with pytest.raises(RefusedError, match="晚于开始"):
        appoint(head, one, two, 3, 1)
    with pytest.raises(RefusedError, match="已过"):
        appoint(head, one, two, -3, -1)
    with pytest.raises(RefusedError, match="写明事由"):
        deputies.appoint(actor=head, principal=one, deputy=two, reason=" ", **days(0, 1))


def test_the_database_keeps_deputies_apart() -> None:
    one, two = make_user(Role.CLERK), make_user(Role.CLERK)
    Deputyship.objects.create(principal=one, deputy=two, reason="x", **days(0, 3))
    for wrong, name in (
        ({"principal": two, "deputy": two, **days(0, 1)}, "deputy_is_another"),
        ({"principal": two, "deputy": one, **days(2, 1)}, "deputy_period|range lower bound"),
        ({"principal": one, "deputy": two, **days(2, 4)}, "deputy_one_at_a_time"),
    ):
        with pytest.raises(Exception, match=name) as caught, transaction.atomic():
            Deputyship.objects.create(reason="x", **wrong)
        assert isinstance(caught.value, IntegrityError) or "range" in str(caught.value)


def test_the_head_appoints_in_the_browser() -> None:
    client = signed_in(Role.HEAD)
    one, two = make_user(Role.CLERK), make_user(Role.CLERK)
    page = reverse("accounts_office:deputies")
    today = timezone.localdate()
    given = {
        "principal": str(one.pk), "deputy": str(two.pk), "reason": "产假",
        "first_day": today.isoformat(), "last_day": today.isoformat(),
    }  # fmt: skip
    assert client.post(page, {**given, "deputy": str(one.pk)}).status_code == 422
    assert client.post(page, given).status_code == 303
    shown = page_text(client.get(page))
    assert "代理中" in shown
    row = Deputyship.objects.get()
    assert timezone.localtime(row.ends).date() == today
    client.post(reverse("accounts_office:deputy_end", args=[row.pk]))
    assert "已结束" in page_text(client.get(page))
    assert set(
        AuditEntry.objects.filter(verb__startswith="deputy.").values_list("verb", flat=True)
    ) == {"deputy.appoint", "deputy.end"}
