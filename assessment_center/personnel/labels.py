"""The words of the staff: grades, states, kinds."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.enums import (
    ApplicationStatus,
    Applying,
    Early,
    Education,
    Employment,
    EngagementKind,
    Grade,
    Light,
    TitleRank,
    TrainingKind,
    UndertakingKind,
)

GRADE_LABELS = {
    Grade.PROCTOR: _("监考员"),
    Grade.ASSESSOR: _("考评员"),
    Grade.SENIOR_ASSESSOR: _("高级考评员"),
    Grade.SUPERVISOR_INTERNAL: _("内部质量督导员"),
    Grade.SUPERVISOR_EXTERNAL: _("外部质量督导员"),
    Grade.EXPERT: _("专家"),
    Grade.ITEM_WRITER: _("命题专家"),
    Grade.KEEPER: _("保管员"),
    Grade.STAFF: _("工作人员"),
}
EMPLOYMENT_LABELS = {
    Employment.REGULAR: _("正式职工"),
    Employment.HIRED: _("聘用人员"),
    Employment.OUTSIDE: _("外单位人员"),
}
EDUCATION_LABELS = {
    Education.SECONDARY: _("高中、中专及以下"),
    Education.COLLEGE: _("大专"),
    Education.BACHELOR: _("本科"),
    Education.MASTER: _("硕士研究生"),
    Education.DOCTOR: _("博士研究生"),
}
TITLE_LABELS = {
    TitleRank.JUNIOR: _("初级职称"),
    TitleRank.INTERMEDIATE: _("中级职称"),
    TitleRank.SENIOR: _("高级职称"),
}
EARLY_LABELS = {
    Early.CONTEST: _("近三年担任竞赛专家、裁判员或获“技术能手”"),
    Early.NEW_OCCUPATION: _("新职业、非遗或地方特色技艺"),
}
APPLYING_LABELS = {Applying.FIRST: _("首次申报"), Applying.RENEWAL: _("到期续期")}
STATUS_LABELS: dict[str, Promise] = {
    ApplicationStatus.DRAFT: _("填写中"),
    ApplicationStatus.RECOMMENDED: _("已推荐"),
    ApplicationStatus.TRAINED: _("已培训"),
    ApplicationStatus.PASSED: _("考核合格"),
    ApplicationStatus.CARDED: _("已发证卡"),
    ApplicationStatus.REFUSED: _("不予通过"),
    ApplicationStatus.WITHDRAWN: _("已撤回"),
}
TRAINING_LABELS = {
    TrainingKind.QUALIFICATION: _("任职资格培训"),
    TrainingKind.BRIEFING: _("考前集训"),
    TrainingKind.RETRAINING: _("再培训"),
    TrainingKind.EXPERT: _("命题专家培训"),
    TrainingKind.SECRECY: _("保密培训"),
}
ENGAGEMENT_LABELS = {EngagementKind.CONTRACT: _("聘任合同"), EngagementKind.LETTER: _("聘书")}
UNDERTAKING_LABELS = {
    UndertakingKind.SECRECY: _("保密承诺书"),
    UndertakingKind.CONDUCT: _("工作守则承诺书"),
    UndertakingKind.MARKING: _("阅卷安全保密责任书"),
}
LIGHT_LABELS = {
    Light.VALID: _("有效"),
    Light.ENDING: _("即将到期"),
    Light.NOT_YET: _("未生效"),
    Light.EXPIRED: _("已过期"),
    Light.REVOKED: _("已注销"),
}
