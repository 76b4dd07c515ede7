"""Which kinds of notification are there? One line each; a test holds this equal to ``NotificationKind``."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.notifications import (
    ai_spending,
    approval_expired,
    approval_wanted,
    automation_failed,
    automation_loop,
    automation_note,
    autonomy_ended,
    autonomy_offered,
    channel_error,
    channel_expires,
    consent,
    days,
    failed,
    keys_created,
    late,
    milestone,
    missed,
    model_replaced,
    numbers_untold,
    published,
    repeat_skipped,
    rule_proposed,
    settings_unreadable,
    stand_out,
    trouble,
    uncertain,
    update_set_aside,
)
from bot.notifications.telling import Tell
from core.notifications.models import NotificationKind

KINDS: Mapping[NotificationKind, Tell] = MappingProxyType(
    {
        NotificationKind.PUBLISHED: published.tell,
        NotificationKind.FAILED: failed.tell,
        NotificationKind.UNCERTAIN: uncertain.tell,
        NotificationKind.LATE: late.tell,
        NotificationKind.MISSED: missed.tell,
        NotificationKind.CHANNEL_ERROR: channel_error.tell,
        NotificationKind.CHANNEL_EXPIRES: channel_expires.tell,
        NotificationKind.CONSENT: consent.tell,
        NotificationKind.AI_SPENDING: ai_spending.tell,
        NotificationKind.KEYS_CREATED: keys_created.tell,
        NotificationKind.MODEL_REPLACED: model_replaced.tell,
        NotificationKind.SETTINGS_UNREADABLE: settings_unreadable.tell,
        NotificationKind.UPDATE_SET_ASIDE: update_set_aside.tell,
        NotificationKind.APPROVAL_EXPIRED: approval_expired.tell,
        NotificationKind.RULE_PROPOSED: rule_proposed.tell,
        NotificationKind.REPEAT_SKIPPED: repeat_skipped.tell,
        NotificationKind.MILESTONE: milestone.tell,
        NotificationKind.SPIKE: stand_out.tell_spike,
        NotificationKind.DROP: stand_out.tell_drop,
        NotificationKind.NUMBERS_UNTOLD: numbers_untold.tell,
        NotificationKind.SILENCE: days.tell_silence,
        NotificationKind.EMPTY_TOMORROW: days.tell_tomorrow,
        NotificationKind.TOO_MANY: days.tell_too_many,
        NotificationKind.TROUBLE: trouble.tell,
        NotificationKind.TROUBLE_OVER: trouble.tell_over,
        NotificationKind.APPROVAL_WANTED: approval_wanted.tell,
        NotificationKind.AUTOMATION_NOTE: automation_note.tell,
        NotificationKind.AUTOMATION_FAILED: automation_failed.tell,
        NotificationKind.AUTOMATION_LOOP: automation_loop.tell,
        NotificationKind.AUTONOMY_OFFERED: autonomy_offered.tell,
        NotificationKind.AUTONOMY_ENDED: autonomy_ended.tell,
    }
)
