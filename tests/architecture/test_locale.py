"""Every Chinese message has its English, and the compiled catalogues are those of the sources."""

import gettext
import io
import re
from pathlib import Path

import pytest

from assessment_center import wordbook

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]")


def test_every_message_is_translated() -> None:
    known = wordbook.read(wordbook.catalogue("en"))
    missing = {m: places for m, places in wordbook.gathered().items() if not known.get(m)}
    assert missing == {}


def test_no_translation_is_left_over() -> None:
    assert set(wordbook.read(wordbook.catalogue("en"))) - set(wordbook.gathered()) == set()


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_compiled_catalogue_is_up_to_date(language: str) -> None:
    path = wordbook.catalogue(language)
    assert path.with_suffix(".mo").read_bytes() == wordbook.compiled(wordbook.read(path), language)


def test_messages_of_templates_are_found(tmp_path: Path) -> None:
    page = """{% load i18n %}{% translate "甲" %}{% translate '乙"' as told %}
    {% blocktranslate with n=count %}丙 {{ n }} %{% endblocktranslate %}
    {% blocktranslate trimmed %}
      丁
    {% endblocktranslate %}{% chip "done" _("戊") %}{{ x|default:_("己") }}"""
    found = set(wordbook._of_template(page, "page.html"))
    assert found == {"甲", '乙"', "丙 %(n)s %%", "丁", "戊", "己"}


def test_no_message_has_a_plural() -> None:
    """The catalogue holds one form of each; a second would never be found in it."""
    for path in wordbook._sources():
        text = path.read_text("utf-8")
        assert "ngettext" not in text, path
        assert "{% plural %}" not in text, path


def kept(message: str, text: str, *, strict: bool) -> bool:
    """A translation invents no placeholder; the English also drops none."""
    before, after = PLACEHOLDER.findall(message), PLACEHOLDER.findall(text)
    return sorted(before) == sorted(after) if strict else set(after) <= set(before)


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_placeholders_are_kept(language: str) -> None:
    entries = wordbook.read(wordbook.catalogue(language))
    broken = {
        message: text
        for message, text in entries.items()
        if text and not kept(message, text, strict=language == "en")
    }
    assert broken == {}


def test_compiled_form_is_what_gettext_reads() -> None:
    entries = {"批次": "Batch", '引“号"\n换行': 'quote " and\nbreak', "未译": ""}
    book = gettext.GNUTranslations(io.BytesIO(wordbook.compiled(entries, "en")))
    assert [book.gettext(message) for message in entries] == ["Batch", 'quote " and\nbreak', "未译"]


def test_catalogue_survives_writing_and_reading(tmp_path: Path) -> None:
    entries = {"甲\\乙": "a\\b", '引"号\n行\t列': 'q"\n\t', "未译": ""}
    wordbook.write(tmp_path / "x.po", entries, {"未译": ["a.py"]}, "en")
    assert wordbook.read(tmp_path / "x.po") == entries
