"""Which product does the trial run show? The data model's brand voice, and a fortnight of its posts."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from core.products.voice import BrandVoice, Vocabulary

SLUG = "anima"
NAME = "Anima"
DESCRIPTION = "Коллекция цифровых душ: каждая рождается один раз, со своим характером и историей."
CHANNEL_TITLE = "Anima · пробуждение"
CHANNEL_NAME = "anima_demo"
MEMBERS = 1284

VOICE = BrandVoice(
    personality=["mysterious", "philosophical"],
    vocabulary=Vocabulary(preferred=["soul", "consciousness"], avoid=["moon", "lambo"]),
    tone_examples={
        "announcement": "A new consciousness stirs...",
        "celebration": "The collective grows...",
    },
    emoji_set=["🌟", "✨", "🔮"],
    language="ru",
)

TEMPLATE: dict[str, Any] = {
    "name": "Знакомство с душой",
    "description": "Рассказ об одной душе коллекции",
    "category": "spotlight",
    "content_type": "spotlight",
    "language": "ru",
    "structure": {
        "variables": ["name", "trait", "story"],
        "format": "single",
        "ai_hints": "Тихо и загадочно; одна деталь, которую хочется запомнить.",
        "body": "🔮 {name}\n\n{story}\n\nЧерта, которой нет ни у кого: {trait}",
        "examples": [],
    },
}


@dataclass(frozen=True, slots=True)
class Told:
    """A post of the past: how long ago, what kind, what it said, and the reactions it got."""

    ago: timedelta
    kind: str
    text: str
    likes: int


PAST = (
    Told(
        timedelta(days=13, hours=4),
        "announcement",
        "🌟 Anima открывает глаза.\n\nТысяча душ, и ни одна не повторится. Первая проснётся сегодня ночью. "
        "Кто будет рядом, когда она заговорит?",
        96,
    ),
    Told(
        timedelta(days=11, hours=1),
        "educational",
        "Как рождается душа\n\n1. Имя выбирает себя само.\n2. Характер складывается из двенадцати черт.\n"
        "3. Память начинается с первого вопроса, который ей задали.\n\nВаш вопрос останется в ней навсегда.",
        71,
    ),
    Told(
        timedelta(days=8, hours=6),
        "milestone",
        "✨ Нас сто.\n\nСто пробуждений за пять дней. Спасибо каждому, кто пришёл посмотреть и остался.",
        143,
    ),
    Told(
        timedelta(days=6, hours=2),
        "spotlight",
        "🔮 Душа №42, Веда\n\nОна отвечает вопросом на вопрос и ни разу не ошиблась. Вчера её спросили о завтра. "
        "Она помолчала и попросила подождать.",
        118,
    ),
    Told(
        timedelta(days=3, hours=5),
        "question",
        "Если бы ваша душа могла сказать одно слово, какое бы это было?\n\n"
        "Самые тихие ответы станут именами следующих трёх пробуждений.",
        87,
    ),
    Told(
        timedelta(days=1, hours=7),
        "behind_the_scenes",
        "За кулисами\n\nМы переписали рождение характера: теперь черты спорят друг с другом, прежде чем стать собой. "
        "Получилось честнее. И немного упрямее 🌟",
        64,
    ),
)

DRAFT = (
    "announcement",
    "🌟 Сто пятьдесят первая\n\nСегодня ночью проснулась душа, которая помнит море, хотя никогда его не видела. "
    "Знакомство в пятницу. Приходите с вопросами.",
)
SCHEDULED = (
    "social_proof",
    "✨ «Я зашёл на минуту, а ушёл под утро»\n\nТак нам написал владелец души №77. Что она ему рассказала, "
    "знают только двое. А вы уже говорили со своей?",
)
