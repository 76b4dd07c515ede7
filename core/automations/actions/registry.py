"""Who does which kind of action? One line each; a test holds this equal to the shapes."""

from collections.abc import Mapping
from types import MappingProxyType

from core.automations.actions import (
    branch,
    call_webhook,
    cross_promote,
    generate,
    notify,
    pause,
    publish,
    repost,
    save_as_template,
    wait,
)
from core.automations.actions.work import Doing

DOINGS: Mapping[str, Doing] = MappingProxyType(
    {
        "generate": Doing(generate.apply, generate.prepare),
        "publish": Doing(publish.apply),
        "notify": Doing(notify.apply),
        "cross_promote": Doing(cross_promote.apply, cross_promote.prepare),
        "repost": Doing(repost.apply),
        "wait": Doing(wait.apply),
        "branch": Doing(branch.apply),
        "save_as_template": Doing(save_as_template.apply),
        "call_webhook": Doing(call_webhook.apply, call_webhook.prepare),
        "pause": Doing(pause.apply),
    }
)
