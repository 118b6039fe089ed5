"""The words for states and kinds of examinations."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessment_center.personnel.enums import Post
from exams.enums import (
    AttendanceState,
    CallOffKind,
    DrawKind,
    IncidentKind,
    PacketState,
    PaperKind,
    PapersARoom,
    ParcelState,
    RecordStatus,
    RoomKind,
    SittingStatus,
    SupervisionKind,
    TicketSets,
)

ROOM_KIND_LABELS: dict[str, Promise] = {
    RoomKind.THEORY: _("理论考场"),
    RoomKind.COMPUTER: _("机考考场"),
    RoomKind.PRACTICAL: _("技能考场"),
    RoomKind.REVIEW: _("评审考场"),
    RoomKind.OFFICE: _("办公用房"),
}
SITTING_LABELS: dict[str, Promise] = {
    SittingStatus.PLANNED: _("已安排时间"),
    SittingStatus.ARRANGED: _("已排座"),
    SittingStatus.TICKETED: _("已发准考证"),
    SittingStatus.RUNNING: _("考试中"),
    SittingStatus.RECORDED: _("考场记录齐全"),
}
CALL_OFF_LABELS: dict[str, Promise] = {
    CallOffKind.POSTPONED: _("缓考"),
    CallOffKind.REARRANGED: _("重新安排"),
    CallOffKind.CANCELLED: _("取消"),
}
PAPERS_A_ROOM_LABELS: dict[str, Promise] = {
    PapersARoom.MANY: _("多种（同卷最分散）"),
    PapersARoom.FEW: _("少数几种（便于装袋）"),
}
TICKET_SETS_LABELS: dict[str, Promise] = {
    TicketSets.ALL: _("全部（按准考证号）"),
    TicketSets.ROOM: _("按考场分册（按座位号）"),
    TicketSets.DEPARTMENT: _("按院系分册"),
    TicketSets.CLASS: _("按班级分册"),
}
PAPER_KIND_LABELS: dict[str, Promise] = {PaperKind.MAIN: _("试卷"), PaperKind.SPARE: _("备用卷")}
PACKET_LABELS: dict[str, Promise] = {
    PacketState.PACKED: _("已封装"),
    PacketState.HANDED_OUT: _("已领出"),
    PacketState.OPENED: _("已启封"),
    PacketState.RETURNED: _("已交回"),
}
PARCEL_LABELS: dict[str, Promise] = {
    ParcelState.HELD: _("待主任决定"),
    ParcelState.STORED: _("已入库"),
    ParcelState.REFUSED: _("已退回"),
}
RECORD_LABELS: dict[str, Promise] = {
    RecordStatus.DRAFT: _("填写中"),
    RecordStatus.SUBMITTED: _("已提交"),
}
ATTENDANCE_LABELS: dict[str, Promise] = {
    AttendanceState.PRESENT: _("到考"),
    AttendanceState.ABSENT: _("缺考"),
    AttendanceState.LATE_REFUSED: _("迟到未入场"),
}
DRAW_LABELS: dict[str, Promise] = {
    DrawKind.PROCTOR_ROOMS: _("监考员抽签定考场"),
    DrawKind.PANEL: _("抽取考评组"),
    DrawKind.SUPERVISOR: _("抽取质量督导员"),
    DrawKind.WORKSTATION: _("考生抽签定工位"),
    DrawKind.REVIEW_ORDER: _("考生抽签定答辩顺序"),
}
INCIDENT_LABELS: dict[str, Promise] = {
    IncidentKind.PAPER_LEAK: _("试卷失密、泄密"),
    IncidentKind.PAPER_DAMAGED: _("试卷受损"),
    IncidentKind.PAPER_LATE: _("试卷迟到、运输事故"),
    IncidentKind.ABSENCE_EN_MASSE: _("大量考生无法到考"),
    IncidentKind.DISORDER: _("秩序混乱、群体作弊"),
    IncidentKind.TERROR: _("暴力恐怖事件"),
    IncidentKind.EPIDEMIC: _("严重疾病、疫情"),
    IncidentKind.DISASTER: _("自然灾害、火灾"),
    IncidentKind.PAPER_FAULT: _("试卷错发、短缺、缺页"),
    IncidentKind.ITEM_FAULT: _("试题明显错误、字迹不清"),
    IncidentKind.EQUIPMENT: _("停电、设备故障"),
    IncidentKind.NETWORK: _("计算机、软件、网络故障"),
    IncidentKind.PAPER_LOST: _("试卷、答题卡遗失或被带走"),
    IncidentKind.OTHER: _("其他"),
}
POST_LABELS: dict[str, Promise] = {
    Post.CHIEF_EXAMINER: _("主考"),
    Post.EXAM_MANAGER: _("考务组长"),
    Post.SITE_HEAD: _("考点负责人"),
    Post.PROCTOR: _("监考员"),
    Post.ASSESSOR: _("考评员"),
    Post.PANEL_LEADER: _("考评组长"),
    Post.SUPERVISOR: _("质量督导员"),
    Post.EXAM_STAFF: _("考务人员"),
    Post.KEEPER: _("试卷保密员"),
}
EFFECT_LABELS: dict[str, Promise] = {
    "warn": _("口头警告"),
    "leave_room": _("离开考场"),
    "zero_subject": _("本科目记零分"),
    "void_subject": _("本场成绩取消"),
    "void_batch": _("本批次各科成绩取消"),
    "block_remaining_subjects": _("不得参加其余科目"),
    "ban": _("取消申报资格"),
    "notify_employer": _("通报所在单位"),
    "void_year": _("当年成绩无效"),
    "revoke_certificate": _("证书作废"),
    "cancel_application": _("取消报名"),
    "police": _("报警"),
    "decided_by_body": _("由机构研究决定"),
}
SUPERVISION_LABELS: dict[str, Promise] = {
    SupervisionKind.INTERNAL: _("内部督导"),
    SupervisionKind.EXTERNAL: _("外部督导"),
    SupervisionKind.SPECIAL: _("专项督导"),
}
MOMENT_LABELS: dict[str, Promise] = {
    "t_meeting": _("考前会"),
    "t_room_unseal": _("考场启封检查"),
    "t_practical_staff": _("技能考核监考、考评人员到场"),
    "t_staff_in_room": _("监考人员进入考场布置"),
    "t_paper_pickup": _("领取试卷"),
    "t_cordon_entry": _("考生通过警戒线"),
    "t_waiting_entry": _("考生进入候考区"),
    "t_candidate_entry": _("考生凭准考证和身份证件入场"),
    "t_draw": _("抽签"),
    "t_all_ready": _("各项工作就绪"),
    "t_read_rules": _("宣读考场规则"),
    "t_paper_open": _("当众验封、启封、分发试卷"),
    "start": _("开考"),
    "end": _("考试结束，清点密封试卷"),
    "late_limit": _("停止迟到考生入场"),
    "early_leave": _("可以交卷离场"),
    "absence_mark": _("登记缺考"),
    "end_reminder": _("提醒剩余时间"),
}
