"""The demo's certificates: results approved, numbered, issued, most of them handed out."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from assessment_center.accounts.enums import Role
from assessment_center.batches.demo_opening import bring
from assessment_center.batches.enums import BatchStatus
from assessment_center.batches.models import AssessmentBatch
from assessment_center.batches.services import complete_batch, decide_report
from assessment_center.demo import Demo
from assessment_center.people.demo_data import DemoPerson, demo_people
from assessment_center.registry.entries import demo_steps
from assessment_center.spreadsheets import write
from assessment_center.workdays.services import add_workdays
from certificates import opening_sheets as sheets
from certificates.enums import CertificateStatus
from certificates.opening_checks import own_filings
from certificates.policies import all_issued, printed_outside
from certificates.rules.numbering import compose
from certificates.selectors import certificates_of, final_day, lines_of, results_approved
from certificates.services import (
    Delivered,
    hand_out,
    issue_batch,
    receive_certificates,
    record_upload,
    request_certificates,
)
from certificates.services.opening import BLANKS, ISSUED, SERIALS
from certificates.sheets import DELIVERY, line_facts
from scoring.selectors import results_report

COLLECTED = 0.8
TEN = time(10)
PUPILS = 4  # 四级/中级工
EARLIER = 7  # a seed of its own: nobody of these studies here any more


def issue_certificates(demo: Demo) -> None:
    """Every batch that reaches the stage is issued and completed."""
    for batch in demo.reaching("certificate"):
        if final_day(batch) is None:
            continue
        _approve(demo, batch)
        if printed_outside(batch):
            _from_authority(demo, batch)
        else:
            _issue(demo, batch)
        batch.refresh_from_db(fields=["status"])
        if all_issued(batch) and batch.status == BatchStatus.APPROVED:
            complete_batch(actor=demo.actor(Role.CLERK), batch=batch)


def _approve(demo: Demo, batch: AssessmentBatch) -> None:
    report = results_report(batch)
    if report is None or results_approved(batch) or report.submitted_at is None:
        return
    decide_report(
        actor=demo.actor(Role.CLERK),
        report=report,
        approved=True,
        receipt_number=f"CJ-{batch.code}",
        at=report.submitted_at + timedelta(days=2),
    )


def _after(on: date, days: int) -> datetime:
    """Ten o'clock so many days later, but not in the future."""
    then = datetime.combine(on + timedelta(days=days), TEN, timezone.get_default_timezone())
    return min(then, timezone.now())


def _from_authority(demo: Demo, batch: AssessmentBatch) -> None:
    """The list goes out, and the authority's workbook comes back with numbers and blanks."""
    clerk, final = demo.actor(Role.CERTIFICATE_CLERK), final_day(batch)
    assert final is not None
    asked = request_certificates(
        actor=clerk, batch=batch, invoice=f"FP-{batch.code}", at=_after(final, 1)
    )
    day = min(add_workdays(final, 5), timezone.localdate())
    rows = [
        {
            **line_facts(line),
            "number": f"{batch.exam_starts:%y%m}{place:06d}",
            "blank": f"KB{place:07d}",
            "issued_on": day,
        }
        for place, line in enumerate(lines_of(asked), start=1)
    ]
    receive_certificates(
        actor=clerk,
        batch=batch,
        content=write(rows, DELIVERY.columns, title=DELIVERY.title),
        delivered=Delivered(len(rows), "林老师", day),
    )
    taken = _hand_out_most(demo, batch, day)
    demo.say(f"证书：{batch.name} 领回 {len(rows)} 份，已领取 {taken} 份")


def _hand_out_most(demo: Demo, batch: AssessmentBatch, on: date) -> int:
    clerk, taken = demo.actor(Role.CERTIFICATE_CLERK), 0
    for one in certificates_of(batch).filter(status=CertificateStatus.ISSUED):
        if demo.rng.random() < COLLECTED:
            at = _after(on, demo.rng.randrange(1, 10))
            hand_out(actor=clerk, certificate=one, to=one.application.person.name, at=at)
            taken += 1
    return taken


def _issue(demo: Demo, batch: AssessmentBatch) -> None:
    final = final_day(batch)
    assert final is not None
    on = max(final, min(add_workdays(final, 3), timezone.localdate()))
    clerk = demo.actor(Role.CERTIFICATE_CLERK)
    count = issue_batch(actor=clerk, batch=batch, on=on)
    taken = _hand_out_most(demo, batch, on)
    if batch.rules.settings.upload_due is not None:
        record_upload(
            actor=demo.actor(Role.CLERK),
            batch=batch,
            receipt_number=f"ZS-{batch.code}",
            at=_after(on, 4),
        )
    demo.say(f"证书：{batch.name} 发证 {count} 份，已领取 {taken} 份")


def bring_certificates(demo: Demo) -> None:
    """What the centre issued before it used this software, and the blanks in its cupboard."""
    bring(demo, SERIALS, sheets.SERIALS, _last_serials(demo))
    rows = [
        {
            "number": number,
            "name": who.name,
            "id_kind": "resident",
            "id_number": who.id_number,
            "occupation": "电工",
            "level": PUPILS,
            "issued_on": date(2025, 12, 12),
            "status": CertificateStatus.ISSUED.value,
        }
        for number, who in zip(_earlier_numbers(demo), _graduates(demo), strict=False)
    ]
    rows[-1] |= {
        "status": CertificateStatus.REVOKED.value,
        "revoked_on": date(2026, 1, 20),
        "revoked_reason": "持证人申请注销",
    }
    bring(demo, ISSUED, sheets.ISSUED, rows)
    blanks = {"first": "KB0000501", "last": "KB0001000", "count": 500, "note": "保密室二号柜"}
    kind = {"blank": "证书内页（2024版）", "counted_on": date(2026, 1, 4)}
    bring(demo, BLANKS, sheets.BLANKS, [{**kind, **blanks}])


def _last_serials(demo: Demo) -> list[dict[str, object]]:
    """Where the last year ended; the present year has had a supplementary certificate or two."""
    assert demo.centre is not None
    used = ((2025, PUPILS, 186), (2025, PUPILS - 1, 42), (2026, PUPILS, 12))
    return [
        {"filing": number, "year": year, "level": level, "last_serial": last}
        for number in own_filings(demo.centre)
        for year, level, last in used
    ]


def _earlier_numbers(demo: Demo) -> list[str]:
    """Numbers of last year; the authority's own where it numbers."""
    assert demo.centre is not None
    for filing in own_filings(demo.centre):
        return [
            compose(filing=filing, year=2025, level=PUPILS, serial=serial)
            for serial in range(181, 187)
        ]
    return [f"2512{serial:06d}" for serial in range(181, 187)]


def _graduates(demo: Demo) -> list[DemoPerson]:
    """People of an earlier year, whom the demo otherwise does not know."""
    everybody = demo_people(6, sum(demo.rulebook.encode()) + EARLIER)
    return [who for who in everybody if who.birth < date(2007, 1, 1)]


demo_steps.register("certificates.opening", bring_certificates, order=105)
demo_steps.register("certificates.issue", issue_certificates, order=600)
