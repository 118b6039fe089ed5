"""FIL-18: a centre that stopped assessing still answers for the certificates it issued."""

from collections.abc import Callable
from datetime import date

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.organization.services import cease
from assessment_center.registry import SYSTEM, RefusedError
from certificates import services
from certificates.services.verifying import Answer, verify_file, verify_text
from tests.certificates.build import ISSUE_DAY, content_of, final_batch, issued_batch
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
CEASED = date(2026, 6, 17)


@pytest.fixture(autouse=True)
def _clock(frozen: Callable[..., object]) -> None:
    frozen(2026, 6, 17, 9)


def stop() -> None:
    cease(actor=SYSTEM, centre=make.make_centre(), on=CEASED, reason="学校撤销相关专业")


def test_what_is_issued_is_checked_handed_out_uploaded_and_revoked() -> None:
    batch = issued_batch(2)
    first, second = batch.certificates.order_by("number")
    stop()
    assert verify_text(text=first.token).answer == Answer.VALID
    assert verify_file(content=content_of(first)).answer == Answer.VALID
    clerk = make.make_user(Role.CERTIFICATE_CLERK).as_actor()
    second = services.hand_out(actor=clerk, certificate=second, to="家长")
    assert second.status == "handed_out"
    head = make.make_user(Role.HEAD).as_actor()
    first = services.revoke(actor=head, certificate=first, reason="姓名有误，更正后重报")
    assert (first.status, first.revoked_reason) == ("revoked", "姓名有误，更正后重报")
    assert verify_text(text=first.token).answer == Answer.REVOKED
    report = services.record_upload(actor=SYSTEM, batch=batch, receipt_number="SC-1")
    assert report.receipt_number == "SC-1"


def test_nothing_new_is_issued_from_the_day_it_stopped() -> None:
    batch = final_batch(1)
    stop()
    with pytest.raises(RefusedError, match="2026-06-17 起停止认定") as refused:
        services.issue_batch(actor=SYSTEM, batch=batch, on=CEASED)
    assert "核查、发放、报送和注销照常" in str(refused.value.refusal.remedy)
    assert services.issue_batch(actor=SYSTEM, batch=batch, on=ISSUE_DAY) == 1
