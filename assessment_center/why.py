"""“依据” beside a deadline, a requirement or a refusal: the articles, and what they ask.

One part for the office, the portal and messages. It is a plain `details` element: it opens by
mouse, touch and keyboard without any script.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessment_center.registry import Citation
from assessment_center.registry.entries import ArticleNote, Explained, explainers

SHOWN_NOTES = 5
NOTHING = SafeString("")


def cited_box(
    citations: Iterable[object] | object,
    *,
    label: str = "",
    rules: Any = None,
    linked: bool = False,
) -> SafeString:
    """Return the “依据” that opens; nothing without articles.

    `citations` are `Citation`s or their kept texts, one or several; `rules` is the batch's
    rulebook where it is at hand; `linked` leads on to the page of the rulebook (staff only).
    """
    several = isinstance(citations, Iterable) and not isinstance(citations, str)
    given = (_citation(one) for one in (citations if several else [citations]) if one)  # type: ignore[attr-defined]
    cited = list(dict.fromkeys(given))
    if not cited:
        return NOTHING
    articles = format_html_join(
        "", "{}", ((_article(one, explain(one, rules), linked=linked),) for one in cited)
    )
    return format_html(
        '<details class="cited"><summary>{}</summary><ul class="cited-box">{}</ul></details>',
        label or _("依据"),
        articles,
    )


def explain(citation: Citation, rules: Any = None) -> Explained | None:
    """Return what is known of an article, from whichever part knows it."""
    return next((found for each in explainers if (found := each(citation, rules))), None)


def _citation(one: object) -> Citation:
    return one if isinstance(one, Citation) else Citation("", str(one))


def _article(citation: Citation, found: Explained | None, *, linked: bool) -> SafeString:
    if found is None:
        return format_html("<li><b>{}</b></li>", citation)
    notes = format_html_join("", "{}", ((_note(each),) for each in found.notes[:SHOWN_NOTES]))
    return format_html(
        "<li><b>{}</b>{}{}{}{}</li>",
        citation,
        format_html_join("", "<p>{}</p>", ((each,) for each in found.says)),
        format_html("<ul>{}</ul>", notes) if found.notes else NOTHING,
        _rest(len(found.notes) - SHOWN_NOTES),
        _foot(found, linked=linked),
    )


def _note(each: ArticleNote) -> SafeString:
    value = format_html(" <span>{}</span>", each.value) if each.value else NOTHING
    told = each.detail and not each.value
    detail = format_html("<div>{}</div>", each.detail) if told else NOTHING
    return format_html("<li>{}{}{}</li>", each.title, value, detail)


def _rest(left: int) -> SafeString:
    if left <= 0:
        return NOTHING
    told = _("另有 %(n)s 项要求") % {"n": left}
    return format_html('<p class="cited-more">{}</p>', told)


def _foot(found: Explained, *, linked: bool) -> SafeString:
    edition = format_html("<small>{}</small>", found.edition) if found.edition else NOTHING
    if not (linked and found.url):
        return edition
    return format_html('{} <a href="{}">{}</a>', edition, found.url, _("查看本条"))
