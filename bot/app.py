"""How is the control panel put together? The only wiring file: every screen is one line here."""

from aiogram import Router

from bot.dispatcher import Dispatcher
from bot.errors import on_error
from bot.middlewares.taps import AnswerFirst
from bot.screens import secrets, unknown
from bot.screens.analytics import handlers as analytics
from bot.screens.attachments import handlers as attachments
from bot.screens.automations import handlers as automations
from bot.screens.batch import command as approve
from bot.screens.batch import handlers as batch
from bot.screens.cancel import handlers as cancel
from bot.screens.channels import connecting, consent, membership
from bot.screens.channels import handlers as channels
from bot.screens.compose import handlers as compose
from bot.screens.draft import editing, fixes, forms, intake, live, outlets, reading, reuse
from bot.screens.draft import handlers as draft
from bot.screens.drafts import handlers as drafts
from bot.screens.events import handlers as events
from bot.screens.events.hooks import forms as hook_forms
from bot.screens.events.hooks import handlers as hooks
from bot.screens.findings import handlers as findings
from bot.screens.groups import handlers as groups
from bot.screens.groups import inside as groups_inside
from bot.screens.help import handlers as help_
from bot.screens.home import handlers as home
from bot.screens.learning import handlers as learning
from bot.screens.news import handlers as news
from bot.screens.pause import handlers as pause
from bot.screens.products import forms as product_forms
from bot.screens.products import handlers as products
from bot.screens.proposals import handlers as proposals
from bot.screens.queue import handlers as queue
from bot.screens.queue import spans as queue_spans
from bot.screens.repeat import handlers as repeat
from bot.screens.repeat import listing as repeat_list
from bot.screens.resolve import handlers as resolve
from bot.screens.rewrite import forms as rewrite_forms
from bot.screens.rewrite import handlers as rewrite
from bot.screens.rewrite import headlines as rewrite_headlines
from bot.screens.schedule import handlers as schedule
from bot.screens.search import handlers as search
from bot.screens.settings import forms as settings_forms
from bot.screens.settings import handlers as settings
from bot.screens.status import handlers as status
from bot.screens.suggest import celebrating
from bot.screens.suggest import handlers as suggest
from bot.screens.templates import filling as template_filling
from bot.screens.templates import forms as template_forms
from bot.screens.templates import handlers as templates
from bot.screens.templates import making as template_making
from bot.screens.usage import handlers as usage
from bot.screens.versions import handlers as versions
from bot.screens.voice import forms as voice_forms
from bot.screens.voice import handlers as voice
from bot.screens.voice import review as voice_review
from bot.screens.voice import samples as voice_samples
from bot.screens.voice import trial as voice_trial
from bot.screens.week import handlers as week
from bot.screens.welcome import handlers as welcome
from bot.screens.writing import handlers as writing
from core.runtime import Runtime

# The order matters: commands are obeyed in the middle of a form, what is typed into a form comes before what
# becomes a draft, and what nobody wanted is answered last.
_SCREENS = (
    groups_inside,
    secrets,
    cancel,
    home,
    welcome,
    channels,
    connecting,
    consent,
    membership,
    help_,
    queue,
    queue_spans,
    pause,
    automations,
    proposals,
    events,
    hooks,
    hook_forms,
    drafts,
    compose,
    week,
    approve,
    batch,
    status,
    search,
    templates,
    template_filling,
    template_forms,
    template_making,
    usage,
    settings,
    settings_forms,
    groups,
    products,
    product_forms,
    voice,
    voice_forms,
    voice_trial,
    voice_samples,
    voice_review,
    learning,
    analytics,
    suggest,
    celebrating,
    schedule,
    repeat,
    repeat_list,
    writing,
    rewrite,
    rewrite_forms,
    rewrite_headlines,
    draft,
    fixes,
    findings,
    live,
    reading,
    outlets,
    reuse,
    versions,
    attachments,
    forms,
    editing,
    resolve,
    news,
    intake,
    unknown,
)


def screens() -> list[Router]:
    """Return fresh routers of all screens, in order (a router belongs to one dispatcher)."""
    return [screen.router() for screen in _SCREENS]


def build_dispatcher(runtime: Runtime) -> Dispatcher:
    """Return the dispatcher with every screen; feed it updates or let it poll."""
    dispatcher = Dispatcher(runtime)
    for screen in screens():
        screen.callback_query.middleware(AnswerFirst())
        dispatcher.include_router(screen)
    dispatcher.errors.register(on_error)
    return dispatcher
