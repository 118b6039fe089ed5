"""Addresses of the accounts' pages; `code` and `redeem` are open to who is not signed in yet."""

from django.urls import path

from assessment_center.accounts.office import entrance, mine, staff

app_name = "accounts_office"
ONE = "members/<uuid:pk>/"
urlpatterns = [
    path("code/", entrance.code, name="code"),
    path("new-password/", entrance.redeem, name="redeem"),
    path("mine/", mine.mine, name="mine"),
    path("mine/second-factor/", mine.factor, name="factor"),
    path("mine/recovery-codes/", mine.recovery, name="recovery"),
    path("mine/end-others/", mine.end_others, name="end_others"),
    path("mine/sessions/<uuid:pk>/end/", mine.end_one, name="end_one"),
    path("mine/act-for/", mine.act_for, name="act_for"),
    path("safety/", staff.safety, name="safety"),
    path("blocks/<uuid:pk>/lift/", staff.lift, name="lift"),
    path(ONE, staff.member, name="member"),
    path(f"{ONE}reset-password/", staff.reset_password, name="reset_password"),
    path(f"{ONE}reset-second-factor/", staff.reset_factor, name="reset_factor"),
    path(f"{ONE}end-sessions/", staff.end_sessions, name="end_sessions"),
    path("deputies/", staff.deputy_list, name="deputies"),
    path("deputies/<uuid:pk>/end/", staff.deputy_end, name="deputy_end"),
]
