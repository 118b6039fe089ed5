"""Issuing, handing out, revoking, uploading."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from assessment_center.accounts.enums import Role
from assessment_center.audit.models import AuditEntry
from assessment_center.people.selectors import id_number
from assessment_center.registry import ALLOWED, SYSTEM, Refused, RefusedError
from assessment_center.rulebooks import load
from candidates.models import HeldCertificate
from certificates import services
from certificates.documents.face import render
from certificates.keys import public_key
from certificates.models import Certificate
from certificates.policies import numbering_faults, upload_in_time, upload_term
from certificates.rules.token import bare, verify
from certificates.scanning import codes_in
from certificates.selectors import counts
from tests.assessment_center.pdf import reading
from tests.certificates.build import ISSUE_DAY, content_of, final_batch, issued_batch, one_issued
from tests.factories import foundation as make

pytestmark = pytest.mark.django_db
PROJECT = Path(__file__).resolve().parents[3]


def test_an_issued_certificate_carries_everything() -> None:
    batch = final_batch(1)
    clerk = make.make_user(Role.CERTIFICATE_CLERK)
    told: list[tuple[int, int]] = []
    done = services.issue_batch(
        actor=clerk.as_actor(), batch=batch, on=ISSUE_DAY, progress=lambda *at: told.append(at)
    )
    one = batch.certificates.get()
    person = one.application.person
    assert (done, told) == (1, [(1, 1)])
    assert (one.status, one.issued_on, one.issued_by) == ("issued", ISSUE_DAY, clerk)
    assert one.face == {
        "title": "职业技能等级证书",
        "name": person.name,
        "id_type": "居民身份证",
        "id_masked": person.id_masked,
        "occupation": "电工",
        "job": "—",
        "level": "四级/中级工",
        "number": "Y000050012345264000001",
        "centre": "试验职业学院",
        "maker": "试验职业学院",
        "grade": "",
    }
    assert one.digest == hashlib.sha256(content_of(one)).hexdigest()
    facts = verify(one.token, public_key())
    assert (facts.number, facts.name, facts.issued_on) == (one.number, person.name, ISSUE_DAY)
    held = HeldCertificate.objects.get()
    assert (held.number, held.person) == (one.number, person)
    assert AuditEntry.objects.filter(verb="certificate.issue").count() == 1


def test_the_printed_code_is_read_off_the_page() -> None:
    one = one_issued()
    content = content_of(one)
    assert codes_in(content) == [f"http://127.0.0.1:8000/verify/#{one.token}"]
    assert verify(bare(codes_in(content)[0]), public_key()).number == one.number


def test_the_page_shows_the_whole_id_number_and_the_number() -> None:
    one = one_issued()
    text = pypdfium2.PdfDocument(content_of(one))[0].get_textpage().get_text_bounded()
    assert id_number(one.application.person) in text
    assert one.number in text
    assert one.face["name"] in text


def test_the_longest_facts_still_give_a_code_a_telephone_reads() -> None:
    one = one_issued()
    from qrcode import QRCode
    from qrcode.constants import ERROR_CORRECT_M

    from certificates.documents.face import code_text
    from certificates.keys import signing_key
    from certificates.rules.token import CertificateFacts, sign

    facts = CertificateFacts(
        number=one.number,
        name="阿卜杜热合曼·买买提依明",
        id_masked="500103********1234",
        occupation="信息通信网络运行管理员",
        job="网络与信息安全管理方向工种",
        level="一级/高级技师",
        issued_on=ISSUE_DAY,
        centre="江州化工职业技术学院职业技能等级认定中心",
    )
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(code_text(sign(facts, signing_key()), "https://rending.jiangzhou.edu.cn"))
    code.make(fit=True)
    assert 26 / (len(code.modules) + 4) > 0.30


def test_issuing_again_changes_nothing() -> None:
    batch = issued_batch(2)
    before = list(batch.certificates.values_list("digest", "issued_on"))
    assert services.issue_batch(actor=SYSTEM, batch=batch, on=date(2026, 7, 1)) == 0
    assert list(batch.certificates.values_list("digest", "issued_on")) == before
    with pytest.raises(RefusedError, match="当前状态"):
        services.issue(actor=SYSTEM, certificate=batch.certificates.first(), on=ISSUE_DAY)


def test_a_number_of_one_year_is_not_issued_in_another() -> None:
    batch = final_batch(1)
    services.assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    with pytest.raises(RefusedError, match="同一年"):
        services.issue_batch(actor=SYSTEM, batch=batch, on=date(2027, 1, 4))


def test_without_the_role_nothing_is_issued() -> None:
    batch = final_batch(1)
    services.assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    clerk = make.make_user(Role.CLERK).as_actor()
    with pytest.raises(RefusedError, match="角色"):
        services.issue(actor=clerk, certificate=batch.certificates.get(), on=ISSUE_DAY)
    assert batch.certificates.get().status == "numbered"


def test_a_name_that_no_face_draws_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = final_batch(1)
    person = batch.applications.get().person
    person.name = "张\U00032000"
    person.save()
    with pytest.raises(RefusedError, match="张"):
        services.issue_batch(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert batch.certificates.get().status == "numbered"


def test_a_file_left_by_a_broken_run_is_replaced(media: Path) -> None:
    batch = final_batch(1)
    one = services.assign_numbers(actor=SYSTEM, batch=batch, on=ISSUE_DAY)[0]
    left = media / "certificates" / f"{one.pk}.pdf"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    services.issue_batch(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert [path.name for path in left.parent.iterdir()] == [left.name]
    assert left.read_bytes().startswith(b"%PDF")


def test_handing_out_records_the_receiver() -> None:
    one = one_issued()
    at = make.at(2026, 6, 20)
    services.hand_out(actor=SYSTEM, certificate=one, to=" 李四 ", at=at)
    assert (one.status, one.handed_to, one.handed_out_at) == ("handed_out", "李四", at)
    with pytest.raises(RefusedError, match="当前状态"):
        services.hand_out(actor=SYSTEM, certificate=one, to="李四")


def test_handing_out_needs_a_receiver_and_the_role() -> None:
    one = one_issued()
    with pytest.raises(RefusedError, match="领取人"):
        services.hand_out(actor=SYSTEM, certificate=one, to=" ")
    with pytest.raises(RefusedError, match="角色"):
        services.hand_out(actor=make.make_user(Role.CLERK).as_actor(), certificate=one, to="李四")


def test_revoking_needs_a_reason_and_the_head() -> None:
    one = one_issued()
    with pytest.raises(RefusedError, match="原因"):
        services.revoke(actor=SYSTEM, certificate=one, reason=" ")
    clerk = make.make_user(Role.CERTIFICATE_CLERK).as_actor()
    with pytest.raises(RefusedError, match="角色"):
        services.revoke(actor=clerk, certificate=one, reason="作弊")
    head = make.make_user(Role.HEAD).as_actor()
    at = make.at(2026, 9, 1)
    services.revoke(actor=head, certificate=one, reason="作弊", at=at)
    assert (one.status, one.revoked_reason, one.revoked_at) == ("revoked", "作弊", at)


def test_the_upload_is_recorded_once() -> None:
    batch = issued_batch(2)
    report = services.record_upload(actor=SYSTEM, batch=batch, receipt_number="251120")
    assert (report.kind, report.status, report.candidate_count) == ("certificates", "submitted", 2)
    with pytest.raises(RefusedError, match="已经登记"):
        services.record_upload(actor=SYSTEM, batch=batch, receipt_number="251120")


def test_a_late_upload_says_why_where_the_rulebook_asks() -> None:
    batch = issued_batch(1)
    settings = load("jilin").settings
    rules = replace(
        batch.rules,
        settings=replace(
            batch.rules.settings, upload_due=settings.upload_due, late_reason=settings.late_reason
        ),
    )
    batch.__dict__["rules"] = rules
    by = upload_term(batch)
    assert by is not None
    assert by.due is not None
    after = by.due + timedelta(days=1)
    refused = upload_in_time(batch, after, " ")
    assert isinstance(refused, Refused)
    assert [str(each) for each in refused.citations] == [
        "《吉林省职业技能等级认定证书数据管理实施细则》第十七条"
    ]
    assert upload_in_time(batch, by.due, "") == ALLOWED
    assert upload_in_time(batch, after, "平台停机") == ALLOWED


def test_forbidden_words_stop_the_numbering() -> None:
    batch = final_batch(1)
    words = load("jilin").settings.forbidden_words
    batch.__dict__["rules"] = replace(
        batch.rules, settings=replace(batch.rules.settings, forbidden_words=words)
    )
    assert not [each for each in numbering_faults(batch, ISSUE_DAY) if "字样" in each.reason]
    batch.centre.name = "中华职业学院"
    (fault,) = [each for each in numbering_faults(batch, ISSUE_DAY) if "字样" in each.reason]
    assert "中华" in fault.reason
    assert fault.citations == words.citations


def test_face_and_english_are_the_rulebooks() -> None:
    one = issued_batch(1).certificates.get()
    plain = reading.text(render([one], site="http://x"))
    assert "CertificateofOccupational" not in plain.replace(" ", "")
    settings = load("henan").settings
    one.batch.__dict__["rules"] = replace(
        one.batch.rules,
        settings=replace(
            one.batch.rules.settings,
            certificate_english=settings.certificate_english,
            fill_font=load("jilin").settings.fill_font,
        ),
    )
    data = render([one], site="http://x")
    printed = reading.text(data).replace(" ", "")
    assert "CertificateofOccupationalSkillLevel" in printed
    assert "Thisistocertifythatthebearer" in printed
    assert "SkillLevel" in printed
    assert "IDNo." in printed
    assert "http://x/verify/" in printed
    assert pypdfium2.PdfDocument(data)[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)


def test_the_upload_waits_for_the_certificates() -> None:
    batch = final_batch(2)
    with pytest.raises(RefusedError, match="还有 2 人"):
        services.record_upload(actor=SYSTEM, batch=batch, receipt_number="251120")
    with pytest.raises(RefusedError, match="回执号"):
        services.record_upload(actor=SYSTEM, batch=batch, receipt_number="")
    reviewer = make.make_user(Role.REVIEWER).as_actor()
    with pytest.raises(RefusedError, match="角色"):
        services.record_upload(actor=reviewer, batch=batch, receipt_number="1")


@pytest.mark.processes
@pytest.mark.django_db(transaction=True)
def test_a_killed_run_is_taken_up_and_every_certificate_is_issued_once(
    process_environment: dict[str, str], tmp_path: Path
) -> None:
    batch = final_batch(25)
    environment: dict[str, Any] = process_environment | {
        "ASSESSMENT_VAR": os.environ.get("ASSESSMENT_VAR", "")
    }
    command = [sys.executable, "manage.py", "issue_certificates", batch.code, "--on", "2026-06-16"]
    out = tmp_path / "out"
    with out.open("wb") as log:
        run = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=log, stderr=log)
        end = time.monotonic() + 90
        while not 2 <= counts(batch)["issued"] < 25:
            assert time.monotonic() < end, out.read_text()
            assert run.poll() is None, out.read_text()
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
        run.wait()
    reached = counts(batch)["issued"]
    assert 2 <= reached < 25
    services.issue_batch(actor=SYSTEM, batch=batch, on=ISSUE_DAY)
    assert counts(batch)["issued"] == 25
    assert Certificate.objects.values("number").distinct().count() == 25
    assert AuditEntry.objects.filter(verb="certificate.issue").count() == 25
    assert HeldCertificate.objects.count() == 25
