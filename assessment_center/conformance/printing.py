"""The printed report of a run: every rule the batch's rulebook speaks of, with its articles."""

from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from assessment_center import pdf
from assessment_center.batches.models import AssessmentBatch
from assessment_center.conformance.enums import State
from assessment_center.conformance.labels import STATE_LABELS
from assessment_center.conformance.running import RuleResult, counts, run
from assessment_center.registry.language import in_chinese

COLUMNS = (
    pdf.Column("编号", 1.5, align="left"),
    pdf.Column("规则", 3.6, align="left"),
    pdf.Column("状态", 1.6),
    pdf.Column("核对情况", 4.6, align="left"),
    pdf.Column("依据", 4, align="left"),
)
TITLE = "规程符合性报告"


@in_chinese
def report(batch: AssessmentBatch) -> bytes:
    """A summary by area, then one list an area; rules the rulebook is silent on are counted."""
    results = run(batch)
    sheets = [_summary(batch, results), *_lists(results)]
    imprint = pdf.Imprint(batch.code, batch.rules.identity.version, str(batch.rulebook_version))
    return pdf.roster(sheets, imprint=imprint, paper=pdf.Paper.A4_LANDSCAPE)


def _spoken(results: list[RuleResult]) -> list[RuleResult]:
    """Those the rulebook has an article for, or that fail all the same."""
    return [each for each in results if each.citations or each.state != State.NOT_APPLICABLE]


def _summary(batch: AssessmentBatch, results: list[RuleResult]) -> pdf.Roster:
    spoken = _spoken(results)
    columns: tuple[pdf.Column, ...] = (
        pdf.Column("方面", 4, align="left"),
        pdf.Column("规则数", 1.2),
    )
    columns += tuple(pdf.Column(str(STATE_LABELS[state]), 1.5) for state in State)
    rows = [
        [name, *_numbers(list(each))]
        for name, each in groupby(spoken, key=lambda result: result.area_name)
    ]
    silent = len(results) - len(spoken)
    return pdf.Roster(
        title=TITLE,
        subtitle=f"{batch.name}（{batch.code}）",
        columns=columns,
        rows=[*rows, ["合计", *_numbers(spoken)]],
        meta=(
            ("规程", str(batch.rulebook_version)),
            ("核对时间", f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        ),
        notes=(
            f"规则库共 {len(results)} 条，其中 {silent} 条本规程未作规定，不列入。",
            "系统保证：违反的操作做不成；核对：对照本批次的记录；人工确认：由列名的人核对并签认。",
        ),
        signatures=("核对人", "中心主任", "日期"),
    )


def _numbers(results: list[RuleResult]) -> list[str]:
    found = counts(results)
    return [str(len(results)), *(str(found.get(state, "") or "") for state in State)]


def _lists(results: list[RuleResult]) -> Iterator[pdf.Roster]:
    spoken = _spoken(results)
    for name, each in groupby(spoken, key=lambda result: result.area_name):
        yield pdf.Roster(title=name, columns=COLUMNS, rows=[_cells(result) for result in each])


def _cells(result: RuleResult) -> tuple[str, ...]:
    cited = "；".join(str(citation) for citation in result.citations)
    label = str(STATE_LABELS[result.state])
    return (result.rule, result.title, label, result.detail, cited)
