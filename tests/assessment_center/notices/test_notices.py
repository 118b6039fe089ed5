"""Messages are left once and mailed where an address is known."""

from typing import Any

import pytest
from django.db import IntegrityError

from assessment_center.accounts.enums import Role
from assessment_center.jobs.models import Job
from assessment_center.jobs.services import run_job
from assessment_center.notices.models import Notice
from assessment_center.notices.services import mark_read, notify
from tests.factories.foundation import make_user

pytestmark = pytest.mark.django_db


def test_a_message_with_a_key_is_left_once() -> None:
    one, two = make_user(Role.CLERK), make_user(Role.HEAD)
    assert notify(recipients=[one, two], title="期限", key="k1") == 2
    assert notify(recipients=[one, two], title="期限", key="k1") == 0
    assert notify(recipients=[one], title="期限") == 1
    assert notify(recipients=[one], title="期限") == 1
    assert Notice.objects.count() == 4


def test_the_database_refuses_the_same_key_twice() -> None:
    user = make_user(Role.CLERK)
    Notice.objects.create(recipient=user, title="a", key="k")
    with pytest.raises(IntegrityError):
        Notice.objects.create(recipient=user, title="b", key="k")


def test_mail_is_sent_where_an_address_is_known(mailoutbox: list[Any]) -> None:
    user = make_user(Role.CLERK, email="clerk@example.cn")
    notify(recipients=[user, make_user(Role.CLERK)], title="公告已发布", body="请查看")
    job = Job.objects.get(name="notices.email")
    run_job(job.pk)
    (mail,) = mailoutbox
    assert (mail.to, mail.subject, mail.body) == (["clerk@example.cn"], "公告已发布", "请查看")


def test_one_reads_only_ones_own() -> None:
    mine, other = make_user(Role.CLERK), make_user(Role.CLERK)
    notify(recipients=[mine], title="期限")
    notice = Notice.objects.get()
    assert mark_read(notice_id=notice.pk, user=other) is False
    assert mark_read(notice_id=notice.pk, user=mine) is True
    assert mark_read(notice_id=notice.pk, user=mine) is False
    assert str(notice) == "期限"
