"""Rules that ask nothing of this software or of an office that runs it, with the reason."""

from assessment_center.conformance.declarations import not_applicable

not_applicable("FIL-24", "FIL-25", reason="约束受理备案的主管部门，本机构无从违反。")
not_applicable(
    "BANK-00", "ASR-22", "INC-26", "SEC-21", "VIO-42",
    reason="定义或适用范围的条款，没有可执行的义务；具体要求由其他各条落实。",
)  # fmt: skip
not_applicable("SCORE-13", reason="允许性规定：可以流水作业，也可以不用。")
not_applicable("CERT-36", reason="说明证书的效力，由统计部门适用。")
not_applicable("CERT-39", reason="约束持证人，不由发证机构执行。")
not_applicable("CERT-40", reason="竞赛证书按竞赛的文件办理，本软件不发竞赛证书。")
not_applicable("CDAT-07", reason="说明谁可以查询；查询方式见证书查询各条。")
not_applicable("CDAT-08", reason="五份规程都没有规定，是编制规则库时的归纳。")
not_applicable("ARC-19", reason="说明档案数据的种类，各类文件都可归档。")
