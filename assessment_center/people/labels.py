"""The words for documents and schools, and for where full numbers are seen."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.people.enums import StudentStatus

ID_KIND_LABELS: dict[str, Promise] = {
    "resident": _("居民身份证"),
    "hk_residence": _("港澳居民居住证（香港）"),
    "macao_residence": _("港澳居民居住证（澳门）"),
    "taiwan_residence": _("台湾居民居住证"),
    "passport": _("护照"),
    "hk_macao_permit": _("港澳居民来往内地通行证"),
    "taiwan_permit": _("台湾居民来往大陆通行证"),
    "military": _("军官证"),
}
STUDENT_STATUS_LABELS: dict[str, Promise] = {
    StudentStatus.ENROLLED.value: _("在读"),
    StudentStatus.FINAL_YEAR.value: _("应届毕业生"),
    StudentStatus.GRADUATED.value: _("已毕业"),
    StudentStatus.LEFT.value: _("离校"),
}
# The kinds of diploma that conditions of eligibility know, as a school's classes lead to them.
SCHOOLING_LABELS: dict[str, Promise] = {
    "technical_school": _("技工学校"),
    "secondary_vocational": _("中等职业学校"),
    "higher_vocational": _("高等职业学校"),
    "college": _("大专及以上"),
    "bachelor": _("本科"),
    "evaluated_programme": _("经评估论证的高职或大专及以上专业"),
    "senior_technical_school": _("高级技工学校"),
    "technician_college": _("技师学院"),
    "intermediate_worker": _("技工院校中级工班"),
    "senior_worker_class": _("技工院校高级工班"),
    "preparatory_technician": _("技师学院预备技师班"),
    "technician": _("技师学院技师班"),
}
PLACES: dict[str, Promise] = {
    "people_office:reveal": _("查看完整号码"),
    "candidates_office:form": _("打印申请表"),
    "candidates_office:package": _("打开上报材料"),
    "candidates_office:import": _("导入名单"),
    "batches_office:print": _("打印表单"),
    "certificates_office:file": _("打开证书文件"),
    "exams_office:print_ticket": _("打印准考证"),
    "exams.print_tickets": _("打印准考证"),
    "scoring_office:report_file": _("打开成绩上报材料"),
}


def place_word(place: str) -> str:
    """The name of a page or job; one without a name is told by its address."""
    return str(PLACES.get(place) or place)
