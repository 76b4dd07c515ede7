"""Which product does the trial run show? Its brand voice, and what it is about to post."""

from typing import Any

from core.products.voice import BrandVoice, Vocabulary

SLUG = "anima"
NAME = "Anima"
DESCRIPTION = "Коллекция цифровых душ: каждая рождается один раз, со своим характером и историей."
CHANNEL_TITLE = "Anima · пробуждение"
CHANNEL_NAME = "anima_demo"
MEMBERS = 1284

VOICE = BrandVoice(
    personality=["загадочный", "философский"],
    vocabulary=Vocabulary(preferred=["душа", "пробуждение"], avoid=["хайп", "успей"]),
    tone_examples={
        "announcement": "Кто-то открывает глаза впервые…",
        "milestone": "Нас становится больше. Спасибо, что вы рядом.",
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
