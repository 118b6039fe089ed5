"""What a working centre brings along: last serials, issued certificates, blank certificates."""

from django.utils.translation import gettext_lazy as _

from assessment_center.registry.entries import OpeningBalance, opening_balances
from certificates import opening_checks as checks
from certificates import opening_sheets as sheets
from certificates.services import opening as services

opening_balances.register(
    services.SERIALS,
    OpeningBalance(
        key=services.SERIALS,
        label=_("最后流水号"),
        hint=_("每个备案号、年份和等级已经用到的最后一个流水号，启用后接着编。"),
        sheet=sheets.SERIALS,
        check=checks.serial_rows,
        apply=services.start_series,
        undo=services.reset_series,
        changeable=services.changeable,
        applies=checks.numbers_itself,
        told=checks.serials_told,
    ),
    order=10,
)
opening_balances.register(
    services.ISSUED,
    OpeningBalance(
        key=services.ISSUED,
        label=_("已发证书"),
        hint=_("以前发出的证书：公众可查验，本人再报名时作为持有的证书，编号不会再发第二次。"),
        sheet=sheets.ISSUED,
        check=checks.issued_rows,
        agree=checks.issued_agree,
        apply=services.enter_certificates,
        undo=services.remove_certificates,
        changeable=services.changeable,
    ),
    order=20,
)
opening_balances.register(
    services.BLANKS,
    OpeningBalance(
        key=services.BLANKS,
        label=_("空白证书结存"),
        hint=_("盘点的空白证书，作为空白证书台账的第一笔。"),
        sheet=sheets.BLANKS,
        check=checks.blank_rows,
        apply=services.stock_blanks,
        undo=services.unstock_blanks,
        changeable=services.changeable,
    ),
    order=30,
)
