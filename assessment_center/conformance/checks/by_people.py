"""Rules that only people can keep: who confirms them, on what evidence.

No program sees whether a clock hung in the room or a bag was watched on its way. Each rule names
the roles that may sign for it in a batch, and what they look at before they do.
"""

from assessment_center.accounts.enums import Role
from assessment_center.conformance.declarations import manual

HEAD = (Role.HEAD,)
OFFICE = (Role.HEAD, Role.CLERK)
SITE = (Role.HEAD, Role.CLERK, Role.SUPERVISOR)
REVIEW = (Role.REVIEWER, Role.HEAD)
BANK = (Role.BANK_MANAGER, Role.HEAD)
MARKING = (Role.SCORE_CLERK, Role.HEAD)
CERTIFICATE = (Role.CERTIFICATE_CLERK, Role.HEAD)
ARCHIVE = (Role.ARCHIVIST, Role.HEAD)
SUPERVISION = (Role.SUPERVISOR, Role.HEAD)

# 1 to 3: institution, organisation, plan
manual("FIL-16", who="中心主任：本软件与省平台的数据往来已试通。", by=HEAD)
manual("FIL-23", who="题库管理员：各职业的考核内容与技能人才类型相称。", by=BANK)
manual(
    "ORG-01",
    "ORG-03",
    "ORG-04",
    "ORG-11",
    who="中心主任：对照“机构与职责”页和机构设置、分工文件。",
    by=HEAD,
)
manual(
    "ORG-02", "ORG-06", "ORG-07", "ORG-10", who="中心主任：对照岗位职责和年度工作总结。", by=HEAD
)
manual("ORG-08", who="现场负责人到岗履职，由督导员或中心主任核对。", by=SITE)
manual("PLAN-12", who="中心主任：计划和工作报告经校内审定，附会议纪要或批件。", by=HEAD)

# 4 to 7: registration, review, reporting, fees
manual("REG-03", "REG-07", who="复核人：验看原件，复印件核对后盖章。", by=REVIEW)
manual(
    "REG-04", "REG-05", "REG-06", who="复核人：核对在校生、工作年限和技师以上的材料。", by=REVIEW
)
manual("REG-11", who="考务员：纸质照片的底色、尺寸和张数。", by=OFFICE)
manual(
    "REG-15", who="档案员：报名材料入柜，无遗失损毁。", by=(Role.ARCHIVIST, Role.CLERK, Role.HEAD)
)
manual("REG-08", who="复核人：网上核验过的材料，核验结果已上传为材料。", by=REVIEW)
manual("ELIG-HN-11", who="中心主任：参加考试的学生，学校已组织过专门培训。", by=HEAD)
manual("PLAN-09", who="考务员：实施方案的各项齐全，已随批次上报和归档。", by=OFFICE)
manual("RPT-08", who="考务员：考后材料按规程的清单报齐，成绩数据由系统生成。", by=OFFICE)
manual(
    "ELIG-01",
    who="复核人：职称与专业的对应，对照职业标准所附的表；相关职业和相关专业按登记的表自动判断。",
    by=REVIEW,
)
manual("FEE-01", "FEE-04", who="中心主任：收费对照物价文件，没有另收。", by=OFFICE)
manual("FEE-05", "FEE-06", "FEE-09", who="中心主任：对照财务账目。", by=HEAD)
manual("FEE-07", who="考务员：对照向主管部门缴费的凭证。", by=OFFICE)

# 8 to 12: rooms, seats, tickets, posts
manual("VEN-17", who="考务员：需要时组织考生熟悉场地设备。", by=SITE)
manual("VEN-21", who="现场负责人：遇有危险可中止考试。", by=SITE)
manual("SEAT-04", "SEAT-05", who="监考员：考号贴和证件的位置，督导员抽查。", by=SITE)
manual("SEAT-08", who="考务员：编排表已按系统打印件张贴，份数符合规定。", by=OFFICE)
manual("SEAT-10", "SEAT-11", who="现场负责人：危险职业的防护，候考与考毕分开。", by=SITE)
manual("TKT-03", who="考务员：准考证已按规定用印。", by=OFFICE)
manual("TKT-04", who="监考员：入场查验准考证和身份证件，督导员抽查。", by=SITE)
manual(
    "TKT-06",
    who="档案员：试卷和成绩表按准考证号装订。",
    by=(Role.ARCHIVIST, Role.SCORE_CLERK, Role.HEAD),
)
manual(
    "STAFF-02", "STAFF-03", "STAFF-08", who="中心主任：主考、考务组长和考评组长到岗履职。", by=HEAD
)
manual("STAFF-05", who="中心主任：笔试式技能考核派监考，现场操作派考评员。", by=OFFICE)
manual("STAFF-11", "STAFF-13", who="中心主任：派遣通知由主管部门下达，不定期轮换。", by=HEAD)
manual(
    "STAFF-16",
    "STAFF-18",
    "STAFF-20",
    "STAFF-22",
    who="现场负责人：佩证上岗，各岗履职，保管、维修和供料人员到位。",
    by=SITE,
)
manual("STAFF-21", who="中心主任：保密室各岗位已定人。", by=HEAD)
manual("DBL-03", who="中心主任：应回避未回避的已处理。", by=HEAD)

# 13, 14: what the staff's own file does not keep (see `staff`, `appraisal`)
manual("SUP-09", who="督导员：按职责和程序督导，遵守行为规范。", by=SUPERVISION)
manual("SUP-12", who="中心主任：提供条件和资料，配合督导，没有阻挠的情形。", by=HEAD)

# 15: the day
manual("DAY-01", "DAY-02", who="考务组长：考前准备和考前会议。", by=SITE)
manual(
    "DAY-03",
    "DAY-04",
    "DAY-05",
    "DAY-06",
    "DAY-07",
    "DAY-08",
    "DAY-09",
    who="现场负责人：各岗按时间表到位、入场和宣读，督导员抽查。",
    by=SITE,
)
manual("DAY-11", "DAY-12", "DAY-13", who="监考员：信号、宣布和草稿纸，督导员抽查。", by=SITE)
manual("DAY-17", "DAY-18", "DAY-19", who="监考员：提前交卷和离场，督导员抽查。", by=SITE)
manual(
    "DAY-21",
    "DAY-22",
    "DAY-23",
    "DAY-24",
    who="监考员：巡视、如厕、因病和提醒，督导员抽查。",
    by=SITE,
)
manual(
    "DAY-26", "DAY-27", "DAY-29", "DAY-36", who="考务员：收件清场、签到表和留存的照片。", by=SITE
)
manual(
    "DAY-30",
    "DAY-31",
    "DAY-32",
    "DAY-34",
    "DAY-35",
    "DAY-37",
    who="主考：补时、身份存疑、证件不全和异常情况的处理，对照考场记录。",
    by=SITE,
)

# 16, 17: papers and banks
manual(
    "PAPER-02", "PAPER-03", "PAPER-12", who="题库管理员：抽题、审校和销毁有两人在场记录。", by=BANK
)
manual("PAPER-09", "PAPER-10", "PAPER-14", who="中心主任：运输、保密室登记和安全责任。", by=HEAD)
manual("PAPER-13", who="考务员：技能现场负责人签收的准备通知单。", by=OFFICE)
manual(
    "PAPER-16", who="考务组长：阅卷场所封闭。", by=(Role.SCORE_CLERK, Role.SUPERVISOR, Role.HEAD)
)
manual("PAPER-17", who="考务员：机考数据与服务商核对并上传。", by=OFFICE)
manual("PAPER-19", who="考务组长：密封条和试卷袋异常的处理，对照交接记录。", by=SITE)
manual(
    "BANK-11",
    "BANK-12",
    "BANK-13",
    "BANK-14",
    who="题库管理员：命题人员、步骤、编制说明和任务表，对照开发档案。",
    by=BANK,
)
manual("BANK-08", who="题库管理员：每次调整的内容没有超过规程的比例，附调整记录。", by=BANK)
manual("BANK-15", who="题库管理员：成套试题含题目、答案、评分和考场、考生准备通知。", by=BANK)
manual("SCORE-21", who="中心主任：成绩的统计分析已写入工作报告，数据取自成绩汇总表。", by=HEAD)
manual("CERT-10", who="复核人：证书照片为近期白底彩色证件照。", by=REVIEW)
manual(
    "BANK-16", "BANK-17", "BANK-19", "BANK-34", who="题库管理员：审题、修订和试考的记录。", by=BANK
)
manual(
    "BANK-21",
    "BANK-22",
    "BANK-24",
    "BANK-25",
    "BANK-29",
    who="题库管理员：录入、账号、质量反馈和责任人。",
    by=BANK,
)
manual(
    "BANK-26", "BANK-28", "BANK-32", "BANK-35", who="中心主任：服务商、保密室和开发计划。", by=HEAD
)
manual("BANK-27", "BANK-30", who="题库管理员：命题原则，按备案的内容、时长和方式考试。", by=BANK)
manual("BANK-33", who="中心主任：题库人员没有违规，或已处理。", by=HEAD)

# 18, 20: scoring, reviews
manual("SCORE-08", "SCORE-20", who="阅卷组长：身份填错和雷同答卷的处理，对照考场记录。", by=MARKING)
manual(
    "SCORE-09",
    "SCORE-12",
    "SCORE-23",
    who="登分员：机考评分、成绩表排序密封和评分方式。",
    by=MARKING,
)
manual("SCORE-15", who="中心主任：评分人在考评员库内。", by=HEAD)
manual("REVW-08", who="中心主任：考生争议已由本机构处理。", by=HEAD)

# 24, 25: complaints, incidents
manual(
    "CMP-05",
    "CMP-07",
    "CMP-08",
    "DBL-07",
    who="中心主任：投诉由无关人员依事实处理，先复核、先申诉。",
    by=HEAD,
)
manual("INC-03", "INC-04", who="中心主任：事件的阶段性报告和报告形式。", by=HEAD)
manual(
    "INC-07", "INC-24", "INC-27", who="中心主任：应急领导小组、值守和报告人已事先指定。", by=HEAD
)
manual(
    "INC-08", "INC-09", "INC-10", "INC-11", "INC-12", "INC-13", "INC-14", "INC-15", "INC-16",
    "INC-17", "INC-18", "INC-19", "INC-20", "INC-21", "INC-22", "INC-25",
    who="中心主任：没有发生，或已按预案处理，对照异常情况登记。", by=HEAD,
)  # fmt: skip
manual("INC-23", who="中心主任：善后已办，预案已修订。", by=HEAD)

# 26, 27: certificates and their data
manual("CERT-20", "CERT-22", who="证书管理员：用印和样式备案。", by=CERTIFICATE)
manual("CERT-34", "CERT-41", who="证书管理员：撤销数据和证书管理各环节。", by=CERTIFICATE)
manual("CDAT-02", "CDAT-03", who="证书管理员：上传渠道、账号和备份。", by=CERTIFICATE)
manual("CDAT-05", "CDAT-06", who="中心主任：数据真实，不作商用。", by=HEAD)

# 28, 29: confidentiality, archives
manual("SEC-06", "SEC-18", who="题库管理员：命题人员身份保密，试题不用于练习。", by=BANK)
manual(
    "CMP-03",
    "CMP-04",
    who="中心主任：对照书面投诉登记，按规程期限答复是否受理、告知处理结果；系统还没有投诉登记簿。",
    by=HEAD,
)
manual(
    "CERT-31",
    who="证书管理员：对照书面补发申请，先核对已发证书，按规程期限办结；系统还不办理补发。",
    by=(Role.CERTIFICATE_CLERK, Role.HEAD),
)
manual(
    "BANK-10",
    who="中心主任：对照新颁国家职业标准的日期，在规程期限内重建题库、停用旧题库。",
    by=HEAD,
)
manual("SEC-08", "SEC-12", "SEC-15", who="中心主任：保密协议、专职人员和保密培训。", by=HEAD)
manual(
    "SEC-09",
    "SEC-10",
    "SEC-13",
    "SEC-14",
    "SEC-16",
    "SEC-17",
    who="中心主任：涉密计算机、保密室和服务商，对照检查记录。",
    by=HEAD,
)
manual("SEC-11", who="中心主任：保密室钥匙分管，双人进入；电子试卷的双人启封由系统保证。", by=HEAD)
manual(
    "SEC-19",
    "SEC-20",
    who="考务员：每个环节的交接登记，借阅复制有审批。",
    by=(Role.CLERK, Role.ARCHIVIST, Role.HEAD),
)
manual("ARC-05", who="档案员：录像保存期。", by=ARCHIVE)
manual("ARC-07", "ARC-08", "ARC-09", "ARC-23", who="档案员：对照归档清单。", by=ARCHIVE)
manual("ARC-11", "ARC-12", who="档案员：保管条件、人员和监督。", by=ARCHIVE)
manual(
    "ARC-13",
    "ARC-14",
    "ARC-15",
    "ARC-18",
    "ARC-21",
    who="档案员：查阅、借阅、复制、剔除和移交登记。",
    by=ARCHIVE,
)

# 30, 31: supervision and equipment
manual("QS-08", "QS-10", who="督导员：督导覆盖的内容和考前检查。", by=SUPERVISION)
manual("QS-09", who="中心主任：学校质量管理。", by=HEAD)
manual("EQP-03", who="设备保管员检查后，由考务员确认：存放整洁、七防和操作规程上墙。", by=OFFICE)
