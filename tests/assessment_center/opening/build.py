"""A working centre on its first day, with workbooks as an office fills them in."""

from datetime import date
from typing import Any

from assessment_center.opening import services
from assessment_center.opening.enums import Beginning
from assessment_center.opening.models import OpeningDeclaration
from assessment_center.organization.models import AssessmentCentre
from assessment_center.registry import Actor
from assessment_center.registry.entries import opening_balances
from assessment_center.spreadsheets import ImportOutcome, write
from tests.factories import foundation as f

FILING = "Y000050012345"
SERIALS, ISSUED, BLANKS = "certificates.serials", "certificates.issued", "certificates.blanks"
BANS, PASSES = "candidates.bans", "candidates.passes"
PAPERS, ITEMS = "questionbank.papers", "questionbank.items"
LAST = {"filing": FILING, "year": 2026, "level": 4, "last_serial": 12}


def centre(**facts: Any) -> AssessmentCentre:
    """A filed centre that has declared nothing yet."""
    made = f.make_centre(opened=False, **facts)
    f.make_filing(made)
    return made


def clerk() -> Actor:
    return f.make_user("clerk").as_actor()


def head() -> Actor:
    return f.make_user("head").as_actor()


def person(number: int, name: str = "周安安") -> dict[str, Any]:
    return {"name": name, "id_kind": "resident", "id_number": f.id_number(number)}


def certificate(serial: int, *, number: int = 700, **more: Any) -> dict[str, Any]:
    f.make_occupation()
    return {
        "number": f"{FILING}264{serial:06d}",
        **person(number),
        "occupation": "电工",
        "level": 4,
        "issued_on": date(2026, 3, 2),
        "status": "issued",
        **more,
    }


def blanks(first: str = "KB0000501", last: str = "KB0000600", count: int = 100) -> dict[str, Any]:
    named = {"blank": "证书内页", "counted_on": date(2026, 5, 1), "note": "二号柜"}
    return {**named, "first": first, "last": last, "count": count}


def ban(number: int = 710, **more: Any) -> dict[str, Any]:
    facts = {"starts": date(2026, 1, 1), "until": date(2029, 1, 1), "reason": "替考"}
    return {
        **person(number, "吴博博"),
        **facts,
        "basis": "违纪办法 七",
        "decision": "院认处〔2026〕1号",
        **more,
    }


def passed(number: int = 720, **more: Any) -> dict[str, Any]:
    f.make_occupation()
    days = {"passed_on": date(2026, 2, 1), "valid_until": date(2027, 1, 31)}
    named = {"occupation": "电工", "level": 4, "subject": "theory"}
    return {**person(number, "郑晨晨"), **named, **days, **more}


def paper(code: str = "2025-A", **more: Any) -> dict[str, Any]:
    f.make_occupation()
    named = {"occupation": "电工", "level": 4, "subject": "theory"}
    return {"code": code, **named, "used_on": date(2025, 11, 15), "digest": "ab" * 32, **more}


def workbook(key: str, rows: list[dict[str, Any]]) -> bytes:
    spec = opening_balances[key].sheet
    return write(rows, spec.columns, title=spec.title)


def begun(of: AssessmentCentre, kind: Beginning = Beginning.WORKING) -> OpeningDeclaration:
    return services.begin(actor=clerk(), centre=of, kind=kind)


def take(
    declaration: OpeningDeclaration,
    key: str,
    rows: list[dict[str, Any]],
    actor: Actor | None = None,
) -> ImportOutcome:
    return services.take_sheet(
        actor=actor or clerk(),
        declaration=declaration,
        key=key,
        content=workbook(key, rows),
        file_name=f"{key}.xlsx",
    )


def filled(of: AssessmentCentre, **sheets: list[dict[str, Any]]) -> OpeningDeclaration:
    """A working centre's declaration with these sheets (`certificates_serials=[...]`), else none."""
    made, actor = begun(of), clerk()
    given = {key.replace("_", ".", 1): rows for key, rows in sheets.items()}
    for key in [each.key for each in opening_balances]:
        if key in given:
            outcome = take(made, key, given[key], actor)
            assert outcome.ok, [str(problem) for problem in outcome.problems]
        else:
            services.answer_none(actor=actor, declaration=made, key=key)
    return made


def prepared(of: AssessmentCentre, **sheets: list[dict[str, Any]]) -> OpeningDeclaration:
    return services.prepare(actor=clerk(), declaration=filled(of, **sheets))


def signed(of: AssessmentCentre, **sheets: list[dict[str, Any]]) -> OpeningDeclaration:
    return services.sign(actor=head(), declaration=prepared(of, **sheets))


def everything() -> dict[str, list[dict[str, Any]]]:
    """One or two rows of every kind."""
    return {
        "certificates_serials": [LAST],
        "certificates_issued": [
            certificate(11),
            certificate(
                12,
                number=701,
                name="周恩恩",
                status="revoked",
                revoked_on=date(2026, 4, 1),
                revoked_reason="信息有误",
            ),
        ],
        "certificates_blanks": [blanks()],
        "candidates_bans": [ban()],
        "candidates_passes": [passed()],
        "questionbank_papers": [paper()],
        "questionbank_items": [{"code": "2025-A", "stem": "欧姆定律的内容是什么？"}],
    }
