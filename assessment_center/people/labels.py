"""Where full numbers are seen, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: dict[str, Promise] = {
    "people_office:reveal": _("查看完整号码"),
    "candidates_office:form": _("打印申请表"),
    "candidates_office:package": _("打开上报材料"),
    "candidates_office:import": _("导入名单"),
    "batches_office:print": _("打印表单"),
    "certificates_office:file": _("打开证书文件"),
    "exams_office:tickets": _("打印准考证"),
    "scoring_office:report_file": _("打开成绩上报材料"),
}


def place_word(place: str) -> str:
    """The name of a page or job; one without a name is told by its address."""
    return str(PLACES.get(place) or place)
