"""Believable people for the demo centre: invented names, numbers that pass every check.

Pure and deterministic: the same seed gives the same people.
"""

import random
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from assessment_center.people.rules.id_document import Sex, check_digit
from assessment_center.people.rules.regions import county_codes

REFERENCE = date(2025, 9, 1)
MIN_AGE = 17
MAX_AGE = 45
STUDENT_MAX_AGE = 23
STUDENT_SHARE = 0.85
RARE_SHARE = 0.03
MINORITY_SHARE = 0.015
COMPOUND_SHARE = 0.01
ONE_CHARACTER_SHARE = 0.18
HOME_SHARE = 0.7
HOME_PROVINCE = "50"
PHONE_PREFIXES = (
    "133",
    "135",
    "136",
    "138",
    "139",
    "150",
    "158",
    "177",
    "181",
    "186",
    "189",
    "199",
)

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单仇解查冉向牟"
)
COMPOUND_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "夏侯", "令狐")
GIVEN = {
    Sex.MALE: (
        "子浩宇俊文志建明嘉天泽博思国家永海晓一梓",
        "轩涵杰豪宇辰睿阳鑫峰涛强伟龙鹏飞林超凯斌",
    ),
    Sex.FEMALE: (
        "雨梓欣诗思雅晓佳静美婉紫梦若可语心怡丽秀",
        "涵怡萱婷琪瑶雯妍彤琳颖洁娜敏慧雪倩欣玲芳",
    ),
}
RARE = "䶮㛃𬭎𬍛𫖯𬎆𠅤犇赟"
MINORITY = {
    Sex.MALE: ("阿卜杜拉·买买提", "艾力·吐尔逊", "买买提江·艾合买提", "扎西·多吉", "阿木·拉且"),
    Sex.FEMALE: ("阿依古丽·吐尔逊", "古丽娜尔·艾力", "迪丽娜尔·买买提", "卓玛·央金", "阿依·莫色"),
}


class DemoPerson(NamedTuple):
    name: str
    id_number: str
    sex: Sex
    birth: date
    phone: str


def demo_people(n: int, seed: int) -> list[DemoPerson]:
    """`n` people between 17 and 45, most of an age to study; numbers and phones are distinct."""
    dice = random.Random(seed)  # noqa: S311 - a demo must be repeatable, not secret
    people: list[DemoPerson] = []
    taken: set[str] = set()
    while len(people) < n:
        sex = dice.choice((Sex.MALE, Sex.FEMALE))
        birth = _birth(dice)
        number = _number(dice, birth, sex)
        phone = dice.choice(PHONE_PREFIXES) + f"{dice.randrange(10**8):08}"
        if number in taken or phone in taken:
            continue
        taken |= {number, phone}
        people.append(DemoPerson(_name(dice, sex, len(people)), number, sex, birth, phone))
    return people


def _birth(dice: random.Random) -> date:
    oldest = STUDENT_MAX_AGE if dice.random() < STUDENT_SHARE else MAX_AGE
    first = REFERENCE.replace(year=REFERENCE.year - oldest)
    last = REFERENCE.replace(year=REFERENCE.year - MIN_AGE)
    return first + timedelta(days=dice.randrange((last - first).days))


def _number(dice: random.Random, birth: date, sex: Sex) -> str:
    codes = _home_codes() if dice.random() < HOME_SHARE else county_codes()
    order = dice.randrange(1, 500) * 2 - (1 if sex is Sex.MALE else 0)
    first17 = f"{dice.choice(codes)}{birth:%Y%m%d}{order:03}"
    return first17 + check_digit(first17)


@cache
def _home_codes() -> tuple[str, ...]:
    return tuple(code for code in county_codes() if code.startswith(HOME_PROVINCE))


def _name(dice: random.Random, sex: Sex, place: int) -> str:
    chance = dice.random()
    if chance < MINORITY_SHARE:
        return dice.choice(MINORITY[sex])
    surname = dice.choice(COMPOUND_SURNAMES if chance > 1 - COMPOUND_SHARE else SURNAMES)
    first, last = (dice.choice(table) for table in GIVEN[sex])
    if dice.random() < RARE_SHARE:
        last = RARE[place % len(RARE)]
    return surname + (last if dice.random() < ONE_CHARACTER_SHARE else first + last)
