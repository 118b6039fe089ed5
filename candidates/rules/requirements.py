"""What a requirement asks, in a few words of the office."""

from assessment_center.rulebooks.rules.eligibility import Predicate

TITLE_WORDS = {"junior": "初级", "intermediate": "中级", "senior": "高级"}
LEVEL_WORDS = {5: "五级", 4: "四级", 3: "三级", 2: "二级", 1: "一级"}
SCHOOL_WORDS = {
    "technical_school": "技工学校",
    "secondary_vocational": "中等职业学校",
    "higher_vocational": "高等职业学校",
    "college": "大专及以上",
    "bachelor": "本科",
    "evaluated_programme": "经评估论证的专业",
    "senior_technical_school": "高级技工学校",
    "technician_college": "技师学院",
    "intermediate_worker": "中级工班",
    "senior_worker": "高级工班",
    "senior_worker_class": "技工院校高级工班",
    "preparatory_technician": "预备技师班",
    "technician": "技师班",
}
TEMPLATES = {
    "age_min": "年满 {years} 周岁",
    "intends_to_work": "拟从事本职业或相关职业",
    "works_in_occupation": "正从事本职业或相关职业",
    "work_years": "累计从事本职业或相关职业满 {years} 年",
    "has_certificate": "持{level}或更高等级证书",
    "years_since_certificate": "持{level}证书满 {years} 年",
    "work_years_after_certificate": "取得{level}证书后从业满 {years} 年",
    "diploma": "{kinds}毕业{final}，本专业或相关专业",
    "title": "有{grade}及以上职称{only}",
    "work_years_after_title": "取得{grade}职称后从业满 {years} 年",
    "years_since_title": "取得{grade}职称满 {years} 年",
    "class_kind": "在{kinds}学习",
    "school_kind": "就读或毕业于{kinds}",
    "final_year_or_graduate": "应届或已毕业",
    "graduate": "已毕业",
    "enrolled": "在读学生",
    "own_student": "本校学生（含毕业生）",
    "excellent": "学校认定的优秀毕业生",
    "one_x_certificate": "持{grades} 1+X 证书",
    "related_courses_passed": "相关课程理论和操作均合格",
    "credits_earned": "修满规定学分",
    "contest_result": "竞赛成绩符合竞赛办法",
    "own_staff": "本校在职教职工",
}


def requirement(asked: Predicate) -> str:
    """The requirement in words."""
    return TEMPLATES[asked.predicate].format(
        years=asked.years,
        level=LEVEL_WORDS.get(asked.level or 0, ""),
        grade=TITLE_WORDS.get(asked.grade or "", ""),
        kinds="、".join(SCHOOL_WORDS.get(kind, kind) for kind in asked.kinds),
        grades="、".join(TITLE_WORDS[grade] for grade in asked.grades),
        only="（不含职业资格）" if asked.titles_only else "",
        final="（含应届）" if asked.final_year_counts else "",
    )
