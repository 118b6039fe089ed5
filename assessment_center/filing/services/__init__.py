"""The only writers of filing."""

from assessment_center.filing.services.applying import begin, describe
from assessment_center.filing.services.assessing import mark_rows
from assessment_center.filing.services.moving import (
    assess,
    give_opinion,
    publish,
    recommend,
    reopen,
    send_back,
    submit,
)
from assessment_center.filing.services.named import Wanted
from assessment_center.filing.services.papers import (
    add_paper,
    drop_paper,
    produce,
    produce_all,
    read_paper,
)
from assessment_center.filing.services.planning import write_section
from assessment_center.filing.services.profile import save_profile
from assessment_center.filing.services.regulations import end_regulation, issue_regulation
from assessment_center.filing.services.renewing import Carried, carry_over
from assessment_center.filing.services.replying import Reply, enter_reply
from assessment_center.filing.services.scope import ask_line, drop_line
from assessment_center.filing.services.specifying import (
    close_review,
    sign_specification,
    write_specification,
)
from assessment_center.filing.services.units import (
    join_unit,
    leave_unit,
    set_up_unit,
    succeed_unit,
)

__all__ = [
    "Carried",
    "Reply",
    "Wanted",
    "add_paper",
    "ask_line",
    "assess",
    "begin",
    "carry_over",
    "close_review",
    "describe",
    "drop_line",
    "drop_paper",
    "end_regulation",
    "enter_reply",
    "give_opinion",
    "issue_regulation",
    "join_unit",
    "leave_unit",
    "mark_rows",
    "produce",
    "produce_all",
    "publish",
    "read_paper",
    "recommend",
    "reopen",
    "save_profile",
    "send_back",
    "set_up_unit",
    "sign_specification",
    "submit",
    "succeed_unit",
    "write_section",
    "write_specification",
]
