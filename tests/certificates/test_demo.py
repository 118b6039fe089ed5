"""The demo's step of certificates."""

import pytest

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.registry.entries import demo_steps
from certificates.demo import issue_certificates
from certificates.selectors import counts, upload_of
from tests.certificates.build import approve_results, final_batch
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db


def demo_of(**batches: object) -> Demo:
    demo = Demo("chongqing", 2, lambda _text: None)
    demo.users = {role: make.make_user(role) for role in (Role.CLERK, Role.CERTIFICATE_CLERK)}
    demo.batches = batches
    demo.reach = dict.fromkeys(batches, "certificate")
    return demo


def test_a_batch_is_approved_issued_handed_out_and_completed() -> None:
    batch = final_batch(3, approved=False)
    report = approve_results(batch)
    type(report).objects.filter(pk=report.pk).update(status="submitted", decided_at=None)
    assert demo_steps["certificates.issue"] is issue_certificates
    issue_certificates(demo_of(done=batch))
    batch.refresh_from_db()
    told = counts(batch)
    assert (told["issued"], told["revoked"], batch.status) == (3, 0, "completed")
    upload = upload_of(batch)
    assert upload is not None
    assert all(
        one.handed_out_at >= one.basis.final_at for one in batch.certificates.all() if one.handed_to
    )


def test_a_batch_without_final_results_is_left_alone() -> None:
    batch = make.make_batch()
    issue_certificates(demo_of(done=batch))
    assert batch.certificates.count() == 0


@pytest.mark.parametrize("code", ["shandong", "fujian"])
def test_where_the_authority_prints_they_are_asked_for_and_come(code: str) -> None:
    batch = final_batch(2, rulebook=code)
    issue_certificates(demo_of(done=batch))
    batch.refresh_from_db()
    made = set(batch.certificates.values_list("origin", flat=True))
    assert (batch.certificates.count(), made, batch.status) == (2, {"authority"}, "completed")
