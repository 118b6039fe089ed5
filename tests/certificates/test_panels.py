"""What certificates show on the batch page, at home, to the candidate, in deadlines and archive."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from assessment_center.accounts.enums import Role
from assessment_center.office import home_charts
from assessment_center.registry import SYSTEM
from assessment_center.registry.entries import (
    archive_sources,
    batch_stages,
    deadline_sources,
    documents,
    home_panels,
)
from candidates.portal_parts import portal_parts
from certificates import services
from certificates.panels import certificate_stage
from certificates.policies import all_issued
from certificates.portal_parts import actions, entries
from tests.certificates.build import (
    ISSUE_DAY,
    content_of,
    final_batch,
    finalise,
    issued_batch,
    one_issued,
)
from tests.factories import candidates as people
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
CLERK = (Role.CERTIFICATE_CLERK,)


def test_the_stage_goes_from_idle_to_done(frozen: Any) -> None:
    frozen(2026, 6, 16, 10)
    assert batch_stages["certificate"].view is certificate_stage
    batch = make.make_batch()
    assert certificate_stage(batch, SYSTEM).state == "idle"
    batch = final_batch(2, approved=False)
    view = certificate_stage(batch, SYSTEM)
    assert (view.state, view.note, len(view.blockers)) == ("now", "待发 2 份", 1)
    assert view.blockers[0].citations
    batch = issued_batch(2)
    view = certificate_stage(batch, SYSTEM)
    assert (view.state, view.note, view.primary.label) == ("done", "2 份", "完成批次")
    batch.status = "completed"
    assert certificate_stage(batch, SYSTEM).primary is None


def test_a_batch_in_which_nobody_passed_is_settled() -> None:
    batch = final_batch(0, failed=1)
    assert certificate_stage(batch, SYSTEM).state == "done"
    assert all_issued(batch)
    assert not all_issued(make.make_batch())


def test_home_lists_what_waits(frozen: Any) -> None:
    frozen(2026, 6, 16, 10)
    issued_batch(1)
    waiting = final_batch(2)
    panel = home_panels["certificates"]
    lines = panel.lines(make.make_user(*CLERK).as_actor())
    assert [line.title for line in lines] == [waiting.name, "1 份证书待领取"]
    assert "2 人合格" in lines[0].detail
    assert panel.lines(make.make_user(Role.REVIEWER).as_actor()) == []


def test_the_chart_counts_by_level(frozen: Any) -> None:
    frozen(2026, 6, 20, 10)
    batch = issued_batch(3)
    services.revoke(actor=SYSTEM, certificate=batch.certificates.first(), reason="作弊")
    rows = home_charts["certificates.levels"].rows(SYSTEM)
    assert rows == [("四级/中级工", 2.0)]


def test_the_upload_is_due_a_month_after_the_batch() -> None:
    batch = issued_batch(1)
    due = deadline_sources["certificates"](batch)
    assert [(each.kind, each.due, each.done) for each in due] == [
        ("certificates.upload", date(2026, 6, 24), False)
    ]
    assert due[0].citations
    services.record_upload(actor=SYSTEM, batch=batch, receipt_number="1")
    assert deadline_sources["certificates"](batch)[0].done


@pytest.mark.parametrize(("code", "count"), [("jilin", 0), ("fujian", 0), ("henan", 0)])
def test_other_rulebooks_count_from_the_issue_or_are_silent(code: str, count: int) -> None:
    batch = make.make_batch(rulebook=code)
    assert len(deadline_sources["certificates"](batch)) == count


FORMS = ("certificate-roll", "certificate-collection", "certificate-ledger", "number-ledger")


def text_of(content: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


@pytest.mark.parametrize("slug", FORMS)
def test_rolls_and_ledgers_name_every_certificate(slug: str) -> None:
    batch = issued_batch(2)
    first = batch.certificates.first()
    services.hand_out(actor=SYSTEM, certificate=first, to="李四")
    services.spoil_number(actor=SYSTEM, series=first.series, reason="印制损坏")
    form = documents[slug]
    assert form.applies(batch)
    assert not form.applies(make.make_batch())
    parts = form.render(batch, SYSTEM)
    words = text_of(parts[0][1]).replace("\r\n", "")
    for one in batch.certificates.all():
        assert one.number in words
    assert ("作废" in words) is (slug == "number-ledger")
    assert form.render(batch, SYSTEM) == parts


def test_the_archive_gets_every_file_as_it_was_issued() -> None:
    batch = issued_batch(2)
    collect = archive_sources["certificates"].collect
    pieces = collect(batch)
    files = {name: content for kind, _, name, content, _ in pieces if kind == "certificate"}
    assert files == {f"{one.number}.pdf": content_of(one) for one in batch.certificates.all()}
    assert {kind for kind, *_ in pieces} == {
        "certificate",
        "certificate_roll",
        "certificate_collection",
        "certificate_ledger",
        "certificate_summary",
    }
    assert collect(make.make_batch()) == []


def own() -> Any:
    """An admitted candidate with a sign-in, passed."""
    row = people.make_admitted()
    result = finalise(row)
    from tests.certificates.build import approve_results

    approve_results(row.batch)
    return result.application


def test_the_candidate_reads_on_and_downloads_his_own_file(frozen: Any) -> None:
    frozen(2026, 4, 10, 9)
    row = own()
    assert portal_parts["certificates"].order == 130
    assert entries(row) == ()
    services.assign_numbers(actor=SYSTEM, batch=row.batch, on=ISSUE_DAY)
    assert [entry.title for entry in entries(row)] == ["证书制作中"]
    assert actions(row) == ()
    services.issue_batch(actor=SYSTEM, batch=row.batch, on=ISSUE_DAY)
    assert [entry.title for entry in entries(row)] == ["证书已发放", "领取证书"]
    one = row.batch.certificates.get()
    client = Client()
    client.force_login(row.person.user)
    assert (
        "下载电子证书" in client.get(reverse("portal:application", args=[row.pk])).content.decode()
    )
    response = client.get(actions(row)[0].url)
    assert response.content == content_of(one)
    services.hand_out(actor=SYSTEM, certificate=one, to=row.person.name, at=make.at(2026, 6, 20))
    assert entries(row)[1].detail == f"6 月 20 日，{row.person.name}"
    services.revoke(actor=SYSTEM, certificate=one, reason="作弊")
    assert [entry.title for entry in entries(row)] == ["证书已注销"]
    assert actions(row) == ()


def test_another_s_certificate_does_not_exist_for_a_candidate(frozen: Any) -> None:
    frozen(2026, 6, 17, 9)
    one = one_issued()
    stranger = people.make_candidate()
    client = Client()
    address = reverse("certificates_portal:pdf", args=[one.application_id])
    assert client.get(address).status_code == 302
    client.force_login(stranger.user)
    assert client.get(address).status_code == 404


def test_the_command_issues_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    batch = final_batch(2, failed=1)
    call_command("issue_certificates", batch.code, "--on", "2026-06-16", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told == {
        "batch": batch.code,
        "on": "2026-06-16",
        "issued_now": 2,
        "passed": 2,
        "numbered": 2,
        "issued": 2,
        "handed_out": 0,
        "revoked": 0,
    }
    call_command("issue_certificates", batch.code, "--on", "2026-06-16")
    assert "本次发证 0 份" in capsys.readouterr().out


def test_the_command_says_what_forbids_it() -> None:
    with pytest.raises(CommandError, match="没有批次号"):
        call_command("issue_certificates", "none")
    batch = final_batch(1, approved=False)
    with pytest.raises(CommandError, match="依据"):
        call_command("issue_certificates", batch.code, "--on", "2026-06-16")


def verified(capsys: pytest.CaptureFixture[str], subject: str) -> tuple[dict[str, Any], bool]:
    try:
        call_command("verify_certificate", subject, "--json")
        good = True
    except SystemExit as exit_:
        good = exit_.code == 0
    return json.loads(capsys.readouterr().out), good


def test_the_command_verifies_a_file_a_code_and_a_number(
    capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    one = one_issued()
    file = tmp_path / "c.pdf"
    file.write_bytes(content_of(one))
    for subject, by in ((str(file), "file"), (one.token, "code"), (one.number, "number")):
        told, good = verified(capsys, subject)
        assert good
        assert (told["answer"], told["by"], told["number"]) == ("valid", by, one.number)
    file.write_bytes(content_of(one) + b"%")
    told, good = verified(capsys, str(file))
    assert (told["answer"], told["by"], told["unchanged"], good) == ("valid", "code", False, True)


def test_the_command_rejects_what_is_not_genuine(
    capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    one = one_issued()
    text = tmp_path / "code.txt"
    text.write_text(one.token)
    assert verified(capsys, str(text))[1]
    text.write_bytes(b"%PDF-1.4")
    for subject in (one.token[:-3] + "AAA", "Y000050012345264000777", "x" * 400, str(text)):
        told, good = verified(capsys, subject)
        assert (told["answer"], good) == ("unknown", False)
    services.revoke(actor=SYSTEM, certificate=one, reason="作弊")
    told, good = verified(capsys, one.number)
    assert (told["answer"], good) == ("revoked", False)
    with pytest.raises(CommandError):
        call_command("verify_certificate", " ")
    with pytest.raises(SystemExit):
        call_command("verify_certificate", one.token)
    assert "已注销" in capsys.readouterr().out
