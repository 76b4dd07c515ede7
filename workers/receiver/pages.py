"""What does the browser show when the owner comes back from a consent page? One line, and the way back to Telegram."""

import html
from enum import StrEnum

from aiohttp import web


class Outcome(StrEnum):
    """What there is to say."""

    CONNECTED = "connected"
    CHOOSE = "choose"
    DENIED = "denied"
    FAILED = "failed"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    AWAY = "away"


_STATUS = {
    Outcome.FAILED: 400, Outcome.UNKNOWN: 404, Outcome.USED: 410, Outcome.EXPIRED: 410, Outcome.AWAY: 503,
}  # fmt: skip

TEXTS: dict[str, dict[Outcome, tuple[str, str]]] = {
    "ru": {
        Outcome.CONNECTED: ("✅ {platform}: канал подключён", "Можно возвращаться в Telegram."),
        Outcome.CHOOSE: ("Остался один шаг", "Вернитесь в Telegram и выберите, где публиковать."),
        Outcome.DENIED: ("Доступ не дан", "Ничего не изменилось. Вернитесь в Telegram: там можно попробовать ещё раз."),
        Outcome.FAILED: ("Подключить не получилось", "Вернитесь в Telegram: там написано, что делать."),
        Outcome.UNKNOWN: ("Такой ссылки нет", "Возьмите новую в Telegram: «Подключить канал»."),
        Outcome.USED: ("Эта ссылка уже сработала", "Вернитесь в Telegram: там видно, что вышло, и там же можно взять новую."),
        Outcome.EXPIRED: ("Ссылка устарела", "Она живёт десять минут. Вернитесь в Telegram и возьмите новую."),
        Outcome.AWAY: ("Сейчас не получается", "База данных не отвечает. Обновите эту страницу через минуту."),
    },
    "en": {
        Outcome.CONNECTED: ("✅ {platform}: the channel is connected", "You can go back to Telegram."),
        Outcome.CHOOSE: ("One step is left", "Go back to Telegram and choose where to publish."),
        Outcome.DENIED: ("Access was not given", "Nothing has changed. Go back to Telegram to try again."),
        Outcome.FAILED: ("It could not be connected", "Go back to Telegram: it says what to do."),
        Outcome.UNKNOWN: ("There is no such link", "Get a new one in Telegram: “Connect a channel”."),
        Outcome.USED: ("This link has been used", "Go back to Telegram: you see what came of it, and can get a new one."),
        Outcome.EXPIRED: ("The link has expired", "It lives for ten minutes. Go back to Telegram and get a new one."),
        Outcome.AWAY: ("Not at the moment", "The database does not answer. Reload this page in a minute."),
    },
}  # fmt: skip

# The address of this page holds the code: nobody else gets to see it, and it is not kept.
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}

_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>NEXUS</title><style>
body {{ font: 18px/1.5 system-ui, sans-serif; max-width: 28em; margin: 20vh auto; padding: 0 1.5em; }}
h1 {{ font-size: 1.4em; }}
@media (prefers-color-scheme: dark) {{ body {{ background: #17212b; color: #f5f5f5; }} }}
</style></head><body><h1>{title}</h1><p>{line}</p></body></html>
"""


def page(outcome: Outcome, language: str, platform: str) -> web.Response:
    """Return the page; ``platform`` is its title, where that may be told."""
    known = language if language in TEXTS else "en"
    title, line = (html.escape(text.format(platform=platform)) for text in TEXTS[known][outcome])
    return web.Response(
        text=_PAGE.format(language=known, title=title, line=line),
        status=_STATUS.get(outcome, 200),
        content_type="text/html",
        headers=_HEADERS,
    )
