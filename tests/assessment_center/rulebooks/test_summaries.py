"""Every setting is explained to the user."""

from dataclasses import fields

import pytest

from assessment_center.rulebooks import Settings, UnknownSettingError
from assessment_center.rulebooks.rules.summaries import summaries, summary


def test_every_setting_has_a_summary() -> None:
    assert set(summaries()) == {field.name for field in fields(Settings)}


def test_labels_are_short_and_texts_are_sentences() -> None:
    assert [k for k, s in summaries().items() if not 1 < len(s.label) <= 14] == []
    assert [k for k, s in summaries().items() if not s.text.endswith("。")] == []


def test_one_label_belongs_to_one_setting() -> None:
    labels = [s.label for s in summaries().values()]
    assert sorted(labels) == sorted(set(labels))


def test_an_unknown_setting_has_none() -> None:
    assert summary("pass_score").label == "合格线"
    with pytest.raises(UnknownSettingError):
        summary("colour")
