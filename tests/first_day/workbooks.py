"""What a college would fill in on its first day, into the templates as they are downloaded."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl

from tests.factories.foundation import id_number

Rows = Sequence[Mapping[str, Any]]
FILING_NUMBERS = {"henan": "Y000041039001"}
RARE = "㛃"  # in names, and not in the common fonts

ACCOUNTS = (
    ("zhouxm", "周晓梅", "考务员", ""),
    ("linjing", "林静", "资格审核员", ""),
    ("hezq", "何志强", "院系经办人", ""),
    ("sunlp", "孙立平", "命题专家", ""),
    ("guohy", "郭海燕", "命题专家", ""),
    ("zhaowb", "赵文博", "题库管理员", ""),
    ("fengyq", "冯雅琴", "题库管理员", "命题专家"),
    ("xumin", "徐敏", "成绩管理员", ""),
    ("huxf", "胡晓峰", "成绩管理员", "证书管理员"),
)
STUDENTS = (
    ("赵安安", 101, "2301001", "电气2301班"),
    (f"钱{RARE}", 102, "2301002", "电气2301班"),
    ("阿依古丽·买买提", 103, "2301003", "电气2301班"),
    ("孙博", 104, "2302001", "化工2301班"),
)


def fill(template: bytes, rows: Rows) -> bytes:
    """The downloaded template with these rows below its header; values by header."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book.worksheets[0]
    places = {str(cell.value).removesuffix(" *"): cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=2):
        for header, value in row.items():
            sheet.cell(number, places[header]).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def centre() -> Rows:
    return [
        {
            "机构名称": "江州职业技术学院",
            "简称": "江州职院",
            "所在省份": "重庆市",
            "主管部门": "江州市职业技能鉴定指导中心",
            "印章名称": "江州职业技术学院职业技能等级认定专用章",
            "联系电话": "023-60000088",
            "监督电话": "023-60000089",
            "地址": "江州市学府大道88号",
        }
    ]


def filing(rulebook: str) -> Rows:
    number = FILING_NUMBERS.get(rulebook, "Y000050012345")
    return [{"备案号": number, "有效期起": "2025.1", "有效期止": "2027年12月31日"}]


def scope() -> Rows:
    shared = {"标准版本": "2018", "理论时长（分钟）": 90, "技能时长（分钟）": 120}
    return [
        {
            "职业": "6-31-01-03",
            "等级": "五级、四级、三级",
            "标准名称": "电工国家职业标准",
            "对应专业": "电气自动化技术",
            "考评员与考生配比": 5,
            **shared,
        },
        {
            "职业": "化学检验员",
            "等级": "四级/中级工",
            "标准名称": "化学检验员国家职业标准",
            **shared,
        },
    ]


def accounts() -> Rows:
    return [
        {"登录名": login, "姓名": name, "角色": role, "兼任角色": second or None}
        for login, name, role, second in ACCOUNTS
    ]


def departments() -> Rows:
    return [
        {"院系代码": "JD", "院系名称": "机电工程学院"},
        {"院系代码": "HG", "院系名称": "化学工程学院"},
    ]


def classes() -> Rows:
    years = {"入学年份": 2023, "毕业年份": 2026}
    return [
        {"班级": "电气2301班", "院系": "机电工程学院", "专业": "电气自动化技术", **years},
        {"班级": "化工2301班", "院系": "化学工程学院", "专业": "分析检验技术", **years},
    ]


def students() -> Rows:
    return [
        {"姓名": name, "证件号码": id_number(number), "学号": student, "班级": school_class}
        for name, number, student, school_class in STUDENTS
    ]


def rooms() -> Rows:
    return [
        {
            "考点": "第一教学楼",
            "考点地址": "学府大道88号",
            "考场名称": "101教室",
            "类别": "理论考场",
            "排数": 6,
            "列数": 5,
            "不设座的位置": "1排1列、1排5列",
            "面积（平方米）": 72,
        },
        {"考点": "第一教学楼", "考场名称": "实训一室", "类别": "技能考场", "排数": 2, "列数": 5},
    ]


def staff() -> Rows:
    """Cards with dates in every manner that people write them."""
    return [
        {
            "姓名": "吴建国",
            "证件号码": id_number(201, birth="19800412"),
            "所在院系": "机电工程学院",
            "职称/职务": "讲师",
            "资格": "监考员",
            "证卡编号": "JK0001",
            "有效期起": "2025/06/01",
            "有效期止": "20270531",
        },
        {
            "姓名": "吴建国",
            "证件号码": id_number(201, birth="19800412"),
            "所在院系": "机电工程学院",
            "职称/职务": "讲师",
            "资格": "考评员",
            "证卡编号": "KP0001",
            "可考评职业": "电工",
            "有效期起": "2025年6月1日",
            "有效期止": "2027.5",
        },
        {
            "姓名": "黄丽华",
            "证件号码": id_number(202, birth="19790823"),
            "资格": "考评员",
            "证卡编号": "KP0002",
            "可考评职业": "化学检验员",
            "有效期起": "2025-6-1",
            "有效期止": "2027-5-31",
        },
        {
            "姓名": "罗建平",
            "证件号码": id_number(203, birth="19750101"),
            "校外人员": "是",
            "资格": "外部质量督导员",
            "有效期起": "2025-06",
            "有效期止": "2027-05",
        },
    ]


def teaching() -> Rows:
    return [{"姓名": "吴建国", "班级": "电气2301班", "学期": "2025-2026-2", "课程": "电工基础"}]
