"""The words for states of the archive."""

from django.utils.translation import gettext_lazy as _

from archives.enums import ItemStatus, VolumeStatus

ITEM_LABELS = {ItemStatus.FILED.value: _("在档"), ItemStatus.DISPOSED.value: _("已销毁")}
VOLUME_LABELS = {VolumeStatus.OPEN.value: _("归档中"), VolumeStatus.CLOSED.value: _("已封卷")}
