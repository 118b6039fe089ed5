"""What a rulebook states, told in words: settings with their units, forms by their names."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessment_center.registry import OpenSet
from assessment_center.registry.entries import ArticleNote
from assessment_center.rulebooks import units
from assessment_center.rulebooks.labels import (
    DECIDER_LABELS,
    LEVEL_WORDS,
    STAFF_GROUP_LABELS,
    VALUE_LABELS,
)
from assessment_center.rulebooks.rules.cited import Cited
from assessment_center.rulebooks.rules.rulebook import Rulebook
from assessment_center.rulebooks.rules.statements import Statement
from assessment_center.rulebooks.rules.summaries import summary
from assessment_center.rulebooks.rules.tables import EnglishWording, LeadWorkdays
from assessment_center.rulebooks.wording import words

KINDS: Mapping[str, Promise] = MappingProxyType(
    {
        "rules": _lazy("要求"),
        "settings": _lazy("规定"),
        "conditions": _lazy("申报条件"),
        "penalties": _lazy("处理"),
        "violations": _lazy("违纪处理"),
        "staff_penalties": _lazy("处理"),
        "staff_violations": _lazy("工作人员和机构违规"),
        "forms": _lazy("表单"),
        "retention": _lazy("保管期限"),
        "report_deadlines": _lazy("上报"),
        "conflicts": _lazy("出入及取舍"),
        "filing_routes": _lazy("备案途径"),
        "filing_materials": _lazy("备案材料"),
        "filing_criteria": _lazy("评估项目"),
        "plan_chapters": _lazy("工作方案"),
        "regulations_due": _lazy("内部制度"),
        "org_units": _lazy("机构与职责"),
        "filing_rules": _lazy("备案规定"),
    }
)
DATE = re.compile(r"(\d{2})-(\d{2})")
PATTERN_WORDS = (
    (re.compile(r"\\d\{(\d+)\}"), r" \1 位数字 "),
    (re.compile(r"\\d"), " 1 位数字 "),
    (re.compile(r"\[A-Z\]"), " 1 位大写字母 "),
    (re.compile(r"\[(\d)-(\d)\]"), r" \1 至 \2 "),
    (re.compile(r"\[(\d)(\d)\]"), r" \1 或 \2 "),
    (re.compile(r"[\^$]"), ""),
)

# What else is known of a rulebook's articles: more(rules) -> statements with words of their own.
statement_sources: OpenSet[Callable[[Rulebook], tuple[Statement, ...]]] = OpenSet(
    "statement_sources"
)


def setting_words(key: str, value: Any, rules: Rulebook | None = None) -> str:
    """Return a setting's value as the office says it, with its unit; never a raw key."""
    if special := SPECIAL.get(key):
        return special(value, rules)
    if units.MOMENT.search(key):
        return _moments(value)
    if units.LEVELS.search(key):
        return _levels(value)
    if isinstance(value, bool) or not isinstance(value, int | float | tuple | LeadWorkdays):
        return words(value)
    return _counted(key, value)


def _counted(key: str, value: Any) -> str:
    unit = units.unit(key)
    if isinstance(value, LeadWorkdays):
        return words(value).replace("，", f" {unit}，") + f" {unit}"
    if isinstance(value, tuple) and not units.RANGE.search(key):
        return words(value)
    if isinstance(value, tuple):
        told = _("%(first)s 至 %(last)s") % {"first": value[0], "last": value[1]}
        return f"{told} {unit}"
    if isinstance(value, float) and value <= 1:
        return words(value)
    return f"{value:g} {unit}".strip()


def _moments(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{words(k)}：{units.moment(each)}" for k, each in value.items())
    return units.moment(value)


def _levels(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{words(key)}：{_levels(each)}" for key, each in value.items())
    return "、".join(str(LEVEL_WORDS[level]) for level in value) if value else _("不分等级")


def _form(value: str, rules: Rulebook | None) -> str:
    form = rules.form(value) if rules else None
    return f"《{form.name}》" if form else value


def _date(value: str, _rules: Rulebook | None) -> str:
    found = DATE.fullmatch(value)
    if found is None:
        return value
    return _("%(month)s 月 %(day)s 日") % {"month": int(found[1]), "day": int(found[2])}


def _pattern(value: str, _rules: Rulebook | None) -> str:
    for pattern, said in PATTERN_WORDS:
        value = pattern.sub(said, value)
    return " ".join(value.split())


def _pairs(value: Any, _rules: Rulebook | None) -> str:
    pairs = ({"one": words(one), "other": words(other)} for one, other in value)
    return "；".join(_("%(one)s与%(other)s") % pair for pair in pairs)


def _ratio(value: tuple[int, int], _rules: Rulebook | None) -> str:
    return f"{value[0]}/{value[1]}"


def _day_before(value: int, _rules: Rulebook | None) -> str:
    return _("考前 %(n)s 天") % {"n": abs(value)}


def _minutes_before_end(value: int, _rules: Rulebook | None) -> str:
    return _("结束前 %(n)s 分钟") % {"n": abs(value)}


def _seal(value: str, _rules: Rulebook | None) -> str:
    return value.replace("{name}", _("（机构名称）"))


def _english(value: EnglishWording, _rules: Rulebook | None) -> str:
    centre = _("（机构名称）")
    return f"{value.title}; {value.statement.replace('{centre}', centre)}"


SPECIAL: Mapping[str, Callable[[Any, Rulebook | None], str]] = MappingProxyType(
    {
        "application_form_code": _form,
        "annual_plan_due": _date,
        "certno_pattern": _pattern,
        "forbidden_pairs": _pairs,
        "rotation_min_ratio": _ratio,
        "familiarisation_day": _day_before,
        "end_reminder_min": _minutes_before_end,
        "seal_name": _seal,
        "site_sign": _seal,
        "appraisal_due": _date,
        "certificate_english": _english,
        "level_label": lambda value, _rules: "、".join(value.values()),
    }
)


def note(rules: Rulebook, statement: Statement) -> ArticleNote:
    """Return one statement in words."""
    kind, entry = str(KINDS.get(statement.kind, "")), statement.subject
    if isinstance(entry, ArticleNote):
        return entry
    if isinstance(entry, Cited):
        about = summary(statement.key)
        value = setting_words(statement.key, entry.value, rules)
        return ArticleNote(kind, about.label, value, about.text)
    told = NOTES.get(statement.kind)
    if told is None:
        title = next(filter(None, (getattr(entry, n, "") for n in ("label", "name", "act"))), "")
        return ArticleNote(kind, title, "", getattr(entry, "note", ""))
    return told(kind, rules, entry)


def _condition(kind: str, _rules: Rulebook, entry: Any) -> ArticleNote:
    level = str(LEVEL_WORDS[entry.level]) if entry.level else ""
    return ArticleNote(kind, entry.label, level, entry.note)


def _violation(kind: str, rules: Rulebook, entry: Any) -> ArticleNote:
    return ArticleNote(kind, entry.act, rules.penalty(entry.penalty).label, _decided(entry))


def _staff_violation(kind: str, rules: Rulebook, entry: Any) -> ArticleNote:
    groups = "、".join(str(STAFF_GROUP_LABELS[group]) for group in entry.groups)
    told = " · ".join(filter(None, (groups, _decided(entry))))
    return ArticleNote(kind, entry.act, rules.staff_penalty(entry.penalty).label, told)


def _decided(entry: Any) -> str:
    by = DECIDER_LABELS.get(entry.decided_by)
    return _("由%(body)s决定") % {"body": by} if by else ""


def _named_form(kind: str, _rules: Rulebook, entry: Any) -> ArticleNote:
    return ArticleNote(kind, f"《{entry.name}》")


def _retention(kind: str, _rules: Rulebook, entry: Any) -> ArticleNote:
    return ArticleNote(kind, entry.label, _term(entry), entry.note)


def _term(entry: Any) -> str:
    if entry.permanent:
        return _("长期")
    years, months = entry.years, entry.months
    return _("%(n)s 年") % {"n": years} if years else _("%(n)s 个月") % {"n": months}


def _report(kind: str, _rules: Rulebook, entry: Any) -> ArticleNote:
    amount = next(
        (
            f"{n} {unit}"
            for n, unit in (
                (entry.workdays, _("个工作日")),
                (entry.days, _("天")),
                (entry.months, _("个月")),
            )
            if n is not None
        ),
        "",
    )
    event = _("考试") if entry.anchor == "exam" else VALUE_LABELS.get(entry.anchor, entry.anchor)
    told = _("%(event)s前 %(amount)s") if entry.before else _("%(event)s后 %(amount)s内")
    return ArticleNote(kind, entry.label, told % {"event": event, "amount": amount}, entry.note)


def _conflict(kind: str, _rules: Rulebook, entry: Any) -> ArticleNote:
    return ArticleNote(kind, entry.problem, "", _("取：%(choice)s") % {"choice": entry.choice})


NOTES: Mapping[str, Callable[[str, Rulebook, Any], ArticleNote]] = MappingProxyType(
    {
        "conditions": _condition,
        "violations": _violation,
        "staff_violations": _staff_violation,
        "forms": _named_form,
        "retention": _retention,
        "report_deadlines": _report,
        "conflicts": _conflict,
    }
)


def further(rules: Rulebook) -> tuple[Statement, ...]:
    """Return what other parts know of this rulebook's articles."""
    return tuple(each for source in statement_sources for each in source(rules))
