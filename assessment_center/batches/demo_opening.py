"""The demo centre's first day: begun here, filled by the parts, signed by two at the end."""

from assessment_center.accounts.enums import Role
from assessment_center.demo import Demo
from assessment_center.opening import services
from assessment_center.opening.enums import Beginning, DeclarationState
from assessment_center.opening.models import OpeningDeclaration
from assessment_center.opening.selectors import checklist, declaration_of
from assessment_center.registry import RefusedError
from assessment_center.registry.entries import demo_steps
from assessment_center.spreadsheets import SheetSpec, write


def begin(demo: Demo) -> None:
    """The demo centre has worked for years; a second rulebook finds the first day signed."""
    assert demo.centre is not None
    if declaration_of(demo.centre) is None:
        services.begin(actor=demo.actor(Role.CLERK), centre=demo.centre, kind=Beginning.WORKING)


def open_declaration(demo: Demo) -> OpeningDeclaration | None:
    """The declaration while it takes sheets; None when it was signed by an earlier demo."""
    found = declaration_of(demo.centre) if demo.centre else None
    return found if found and found.status == DeclarationState.DRAFT else None


def bring(demo: Demo, key: str, spec: SheetSpec, rows: list[dict[str, object]]) -> None:
    """Bring one workbook along, as the office would; refuses rows that do not hold."""
    found = open_declaration(demo)
    if found is None or key not in {item.key for item in checklist(found)}:
        return
    outcome = services.take_sheet(
        actor=demo.actor(Role.CLERK),
        declaration=found,
        key=key,
        content=write(rows, spec.columns, title=spec.title),
        file_name=f"{spec.title}.xlsx",
    )
    if not outcome.ok:
        raise RefusedError("；".join(str(problem) for problem in outcome.problems))


def sign(demo: Demo) -> None:
    """What nothing was brought of is answered so; the clerk hands over, the head signs."""
    found = open_declaration(demo)
    if found is None:
        return
    clerk = demo.actor(Role.CLERK)
    for item in checklist(found):
        if item.sheet is None:
            services.answer_none(actor=clerk, declaration=found, key=item.key)
    prepared = services.prepare(actor=clerk, declaration=found)
    services.sign(actor=demo.actor(Role.HEAD), declaration=prepared)
    counted = sum(sheet.count for sheet in found.sheets.defer("rows_sealed"))
    demo.say(f"期初数据 {counted} 条，两人签署")


demo_steps.register("foundation.opening", begin, order=101)
demo_steps.register("foundation.opening_signed", sign, order=110)
