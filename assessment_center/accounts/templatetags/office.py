"""Tags of the office's and the portal's pages."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from zlib import crc32

from django import template
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assessment_center.accounts.enums import Act, Role
from assessment_center.accounts.labels import ROLE_LABELS
from assessment_center.accounts.models import User
from assessment_center.audit import labels
from assessment_center.registry.entries import DocumentKind, StageState
from assessment_center.registry.language import in_english
from assessment_center.why import cited_box

register = template.Library()
ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
STATE_ICONS: dict[str, str] = {
    "idle": "○",
    "now": "●",
    "due": "▲",
    "bad": "✕",
    "done": "✓",
    "seal": "◆",
    "unneeded": "/",
}
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
HEX = re.compile(r"[0-9a-f]{24,}")
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d)?$")
STAGE_WORDS: dict[str, Promise] = {
    "idle": _lazy("未开始"),
    "now": _lazy("进行中"),
    "due": _lazy("需处理"),
    "bad": _lazy("受阻"),
    "done": _lazy("已完成"),
    "seal": _lazy("已封存"),
    "unneeded": _lazy("不适用"),
}
JOB_STATES: dict[str, StageState] = {"running": "now", "done": "done", "failed": "bad"}


@register.simple_tag
def chip(state: StageState, text: object) -> SafeString:
    """{% chip "done" "已核准" %}: a word with an icon; the colour repeats both."""
    return format_html(
        '<span class="chip {}"><i aria-hidden="true">{}</i>{}</span>',
        state,
        STATE_ICONS.get(state, ""),
        text,
    )


@register.simple_tag
def form_codes(form: DocumentKind, batch: Any) -> str:
    """{% form_codes form batch %}: the codes under which the batch's rulebook knows a form."""
    return "、".join(form.codes_for(batch))


@register.simple_tag(takes_context=True)
def why(
    context: template.Context, citations: Iterable[object] | object, label: str = ""
) -> SafeString:
    """{% why citations %}: a quiet “依据” that opens what the articles ask, in our words."""
    acts = getattr(getattr(context.get("request"), "user", None), "acts", ())
    return cited_box(
        citations, label=label, rules=frozen_rules(context), linked=Act.RULES_VIEW in acts
    )


def frozen_rules(context: template.Context) -> Any:
    """The rulebook of the page's batch, if the page has read it; nothing is fetched for it."""
    for name in ("batch", "application", "result", "sitting"):
        one = context.get(name)
        held = getattr(getattr(one, "_state", None), "fields_cache", {}).get("batch", one)
        if rules := getattr(held, "__dict__", {}).get("rules"):
            return rules
    return None


@register.filter
def day(value: date | datetime | None) -> str:
    """2026-11-21（周六）; an empty value stays empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    if in_english():
        return f"{value:%Y-%m-%d} ({weekday(value)})"
    return f"{value:%Y-%m-%d}（{weekday(value)}）"


def weekday(value: date) -> str:
    """周六, or Sat where the pages speak English."""
    if in_english():
        return WEEKDAYS_EN[value.weekday()]
    return f"周{WEEKDAYS_ZH[value.weekday()]}"


@register.filter
def moment(value: datetime | None) -> str:
    """2026-11-21（周六）09:12."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{day(local)}{local:%H:%M}"


@register.filter
def whole_dates(text: object) -> SafeString:
    """The text with its dates kept on one line; a browser would break them behind a hyphen."""
    pieces = ISO_DATE.split(str(text))
    marked = (
        format_html('<span class="nowrap">{}</span>', piece) if place % 2 else escape(piece)
        for place, piece in enumerate(pieces)
    )
    return mark_safe("".join(marked))  # noqa: S308 - every piece is escaped above


@register.filter
def masked_id(value: str) -> str:
    """110101********1234: the ends alone show; short numbers show their last two."""
    text = str(value or "")
    if len(text) < 12:  # noqa: PLR2004 - passports and permits
        return "*" * max(0, len(text) - 2) + text[-2:]
    return text[:6] + "*" * (len(text) - 10) + text[-4:]


@register.filter
def yuan(cents: int | None) -> str:
    """Money kept in cents, shown in yuan."""
    return "" if cents is None else f"{cents / 100:,.2f}"


@register.filter
def role_words(user: User) -> str:
    """The roles of a user, in words."""
    return "、".join(str(ROLE_LABELS[role]) for role in Role if role in user.roles)


@register.simple_tag
def stage_word(state: StageState) -> str:
    """The state of a stage in a word."""
    return str(STAGE_WORDS[state])


@register.simple_tag
def stage_chip(state: StageState) -> SafeString:
    """The state of a stage as a chip."""
    return chip(state, STAGE_WORDS[state])


@register.simple_tag
def job_chip(job: Any) -> SafeString:
    """The state of a job as a chip."""
    return chip(JOB_STATES.get(job.status, "idle"), job.get_status_display())


@register.filter
def any_running(jobs: Iterable[Any]) -> bool:
    """Tell whether a job is under way, so that the page asks again."""
    return any(job.status in {"queued", "running"} for job in jobs)


@register.filter
def default_moment(value: object) -> object:
    """A moment in words; anything else as it is."""
    return moment(value) if isinstance(value, datetime) else value


@register.filter
def kind_word(kind: str) -> str:
    """The name of a model by its label; the label itself for what is no model."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)  # noqa: SLF001
    except (LookupError, ValueError):
        return kind


@register.filter
def act_words(verb: str) -> str:
    """An audit verb in words."""
    return labels.act_word(verb)


@register.filter
def field_words(key: str) -> str:
    """The name of a fact of a job's result or of an audit entry."""
    return labels.field_word(key)


@register.filter
def entry_words(entry: Any) -> str:
    """The content of an audit entry in one line, states by their words."""
    return payload_words(entry.payload, _states(entry.subject_kind))


def _states(kind: str) -> dict[str, str]:
    try:
        field = apps.get_model(kind)._meta.get_field("status")  # noqa: SLF001
    except (LookupError, ValueError, FieldDoesNotExist):
        return {}
    return {str(value): str(label) for value, label in field.choices or ()}


def payload_words(payload: Mapping[str, Any], states: Mapping[str, str] | None = None) -> str:
    """Facts in one line, a change of state first; keys of records are left out."""
    known = states or {}
    parts = []
    if {"from", "to"} <= payload.keys():
        before, after = str(payload["from"]), str(payload["to"])
        parts.append(f"{known.get(before, before)} → {known.get(after, after)}")
        payload = {key: value for key, value in payload.items() if key not in {"from", "to"}}
    told = ((labels.field_word(key), _fact(value)) for key, value in payload.items())
    return " · ".join([*parts, *(f"{word} {text}" for word, text in told if text)])


def _fact(value: object) -> str:
    """One fact as text: no keys of records, digests cut short, moments as the office writes."""
    if isinstance(value, list):
        return "、".join(filter(None, map(_fact, value)))
    if isinstance(value, dict):
        return "，".join(f"{labels.field_word(k)} {_fact(v)}" for k, v in value.items() if _fact(v))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return _told("" if value is None else str(value))


def _told(text: str) -> str:
    if KEY.fullmatch(text):
        return ""
    if HEX.fullmatch(text):
        return f"{text[:12]}…"
    return moment(datetime.fromisoformat(text)) if INSTANT.match(text) else text


@register.filter
def row_words(row: object) -> str:
    """A failure of a job in one line, whether it was told as text or as a record."""
    if isinstance(row, Mapping):
        return payload_words(row)
    return " · ".join(map(str, row)) if isinstance(row, list) else str(row)


@register.filter
def get(mapping: Mapping[Any, Any], key: object) -> Any:
    """The value of a key that is itself a variable."""
    return mapping.get(key)


@register.inclusion_tag("office/parts/progress.html")
def progress(done: int, total: int, label: str = "") -> dict[str, Any]:
    """{% progress 17 28 "室" %}: a bar that screen readers can read."""
    percent = round(100 * done / total) if total else 0
    return {"done": done, "total": total, "percent": min(100, percent), "label": label}


@register.inclusion_tag("office/parts/stat.html")
def stat(value: object, label: object) -> dict[str, object]:
    """{% stat 796 "理论考生" %}: one figure over its word."""
    return {"value": value, "label": label}


@register.inclusion_tag("office/parts/line.html", takes_context=True)
def line(context: template.Context, entry: object) -> dict[str, Any]:
    """{% line entry %}: a `registry.entries.Line` as a row."""
    return {"line": entry, "request": context.get("request"), "batch": context.get("batch")}


@register.inclusion_tag("office/parts/action.html", takes_context=True)
def action(context: template.Context, entry: Any, kind: str = "") -> dict[str, Any]:
    """{% action stage_action "primary" %}: a `StageAction` as link or posted form."""
    actor = context.get("actor")
    shown = not entry.permission or (actor is not None and actor.may(entry.permission))
    return {
        "action": entry,
        "kind": kind,
        "shown": shown,
        "csrf_token": context.get("csrf_token"),
        "key": crc32(f"{entry.url} {entry.label}".encode()),
    }
