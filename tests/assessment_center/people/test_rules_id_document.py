# ruff: noqa: RUF001 - the variants people type are what is tested
import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment_center.people.rules.id_document import (
    IdDocumentError,
    IdKind,
    IdProblem,
    ParsedId,
    Sex,
    check_digit,
    mask,
    normalise,
    validate,
)
from assessment_center.people.rules.regions import county_codes, is_region, region_name

FIRST_DAY = date(1900, 1, 1)


def number(region: str = "110101", birth: str = "19900307", order: str = "123") -> str:
    first17 = f"{region}{birth}{order}"
    return first17 + check_digit(first17)


numbers = st.builds(
    lambda region, days, order: number(
        region, f"{FIRST_DAY + timedelta(days=days):%Y%m%d}", f"{order:03}"
    ),
    st.sampled_from([*county_codes()[::50], "110103", "510202", "810000", "820000", "830000"]),
    st.integers(0, 46_000),
    st.integers(0, 999),
)


def problem(text: str, kind: IdKind | None = None, today: date | None = None) -> IdProblem:
    with pytest.raises(IdDocumentError) as caught:
        validate(text, kind, today=today)
    assert str(caught.value) == caught.value.message
    assert text not in caught.value.message or not text
    return caught.value.problem


@settings(deadline=None)
@given(numbers)
def test_every_well_formed_number_is_accepted_and_told_apart(text: str) -> None:
    parsed = validate(text)
    assert parsed.number == text
    assert parsed.region_code == text[:6]
    assert parsed.birth is not None
    assert f"{parsed.birth:%Y%m%d}" == text[6:14]
    assert parsed.sex is (Sex.MALE if int(text[16]) % 2 else Sex.FEMALE)
    assert validate(text, parsed.kind) == parsed
    assert validate(f" {text[:6]} {text[6:]}".lower()) == parsed


@settings(deadline=None)
@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_changed_character_is_refused(text: str, place: int, character: str) -> None:
    assume(text[place] != character)
    with pytest.raises(IdDocumentError):
        validate(text[:place] + character + text[place + 1 :])


@settings(deadline=None)
@given(numbers, st.integers(0, 15))
def test_neighbouring_digits_changed_round_are_refused(text: str, place: int) -> None:
    assume(text[place] != text[place + 1])
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    with pytest.raises(IdDocumentError):
        validate(swapped)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_whatever_does_more_than_be_refused(text: str) -> None:
    for kind in (None, *IdKind):
        with contextlib.suppress(IdDocumentError):
            assert validate(text, kind).number


def test_an_example_in_full() -> None:
    text = number()
    assert validate(text, today=date(2026, 1, 1)) == ParsedId(
        IdKind.RESIDENT, text, date(1990, 3, 7), Sex.MALE, "110101"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", IdProblem.EMPTY),
        (" \u200b", IdProblem.EMPTY),
        ("11010119900307123", IdProblem.LENGTH),
        ("110101900307123", IdProblem.LENGTH),
        (number() + "1", IdProblem.LENGTH),
        ("11010119900307O23X", IdProblem.CHARACTER),
        ("X" + number()[1:], IdProblem.CHARACTER),
        (number(region="000000"), IdProblem.REGION),
        (number(region="110199"), IdProblem.REGION),
        (number(region="440001"), IdProblem.REGION),
        (number(region="810001"), IdProblem.REGION),
        (number(birth="19900230"), IdProblem.DATE),
        (number(birth="19901301"), IdProblem.DATE),
        (number(birth="00000101"), IdProblem.DATE),
        (number(birth="18991231"), IdProblem.DATE),
        (number()[:17] + ("1" if number()[17] != "1" else "2"), IdProblem.CHECK_DIGIT),
    ],
)
def test_what_is_wrong_is_named(text: str, expected: IdProblem) -> None:
    assert problem(text) is expected


def test_messages_help_and_do_not_disclose_the_check_digit() -> None:
    wrong = number()[:17] + ("1" if number()[17] != "1" else "2")
    with pytest.raises(IdDocumentError) as caught:
        validate(wrong)
    assert caught.value.message == "号码校验未通过，有一位或几位写错了；请对照证件逐位核对。"
    with pytest.raises(IdDocumentError, match=r"第 15 位不是数字；只有最后一位可以是 X。"):
        validate("11010119900307O23X")
    with pytest.raises(IdDocumentError, match=r"应为 18 位，现在是 17 位"):
        validate("11010119900307123")
    with pytest.raises(IdDocumentError, match=r"15 位的旧号码"):
        validate("110101900307123")


def test_a_birth_after_today_is_refused_only_when_today_is_given() -> None:
    text = number(birth="20300101")
    assert validate(text).birth == date(2030, 1, 1)
    assert problem(text, today=date(2029, 12, 31)) is IdProblem.FUTURE
    assert validate(text, today=date(2030, 1, 1)).number == text


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        ("810000", IdKind.HK_RESIDENCE),
        ("820000", IdKind.MACAO_RESIDENCE),
        ("830000", IdKind.TAIWAN_RESIDENCE),
        ("110103", IdKind.RESIDENT),
        ("440301", IdKind.RESIDENT),  # the districts of Shenzhen as a whole
    ],
)
def test_residence_permits_and_abolished_regions(region: str, kind: IdKind) -> None:
    text = number(region=region)
    assert validate(text).kind is kind
    assert validate(text, kind.value).kind is kind
    other = IdKind.RESIDENT if kind is not IdKind.RESIDENT else IdKind.HK_RESIDENCE
    assert problem(text, other) is IdProblem.REGION


@pytest.mark.parametrize(
    ("text", "kind", "normal"),
    [
        ("e 1234 5678", IdKind.PASSPORT, "E12345678"),
        ("Ｅ12345678", IdKind.PASSPORT, "E12345678"),
        ("h12345678", IdKind.HK_MACAO_PERMIT, "H12345678"),
        ("M1234567801", IdKind.HK_MACAO_PERMIT, "M1234567801"),
        ("12345678", IdKind.TAIWAN_PERMIT, "12345678"),
        ("军字第1234567号", IdKind.MILITARY, "军字第1234567号"),
        ("军字1234567", IdKind.MILITARY, "军字第1234567号"),
        ("武水字第 123456 号", IdKind.MILITARY, "武水字第123456号"),
    ],
)
def test_other_documents_are_normalised(text: str, kind: IdKind, normal: str) -> None:
    assert validate(text, kind) == ParsedId(kind, normal)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ABCDEFG", IdKind.PASSPORT),
        ("E1", IdKind.PASSPORT),
        ("X12345678", IdKind.HK_MACAO_PERMIT),
        ("H1234567", IdKind.HK_MACAO_PERMIT),
        ("1234567", IdKind.TAIWAN_PERMIT),
        ("7654321", IdKind.MILITARY),
        ("军字第12号", IdKind.MILITARY),
    ],
)
def test_other_documents_of_the_wrong_form(text: str, kind: IdKind) -> None:
    assert problem(text, kind) is IdProblem.FORM


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (number(), "110101********" + number()[-4:]),
        ("E12345678", "E1*****78"),
        ("12345", "1***5"),
        ("12", "1*2"),
        ("", "*"),
    ],
)
def test_masked_numbers(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_normalising_twice_changes_nothing() -> None:
    assert normalise(normalise("军字 1234567")) == normalise("军字第1234567号") == "军字第1234567号"
    assert normalise(normalise(" １１０ x\ufeff")) == normalise("110X") == "110X"


def test_regions_in_force_and_abolished() -> None:
    assert (is_region("110103"), region_name("110103")) == (True, "崇文区")
    assert (is_region("999999"), region_name("999999")) == (False, "")
    assert "110103" not in county_codes()
    assert {"110101", "500101"} < set(county_codes())
