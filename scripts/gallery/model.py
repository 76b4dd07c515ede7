"""What does the model in the gallery write? Believable texts in whatever shape it is asked for."""

import itertools
import json
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from scripts.gallery.forms import forms_of

_POST = (
    "✨ Душа №151 просыпается в пятницу\n\nОна помнит море, хотя никогда его не видела. "
    "Приходите познакомиться: первый вопрос останется в её памяти навсегда."
)
# What is written about an idea that has such a word in it; the first one that fits.
_ABOUT = {
    "море": _POST,
    "новый зал": "🌟 В коллекции открыт новый зал\n\nТихий, с высокими окнами. Первые жители уже осваиваются.",
    "первое письмо": "🔮 Первое письмо от души\n\nКороткое и без адреса. Она просто хотела, чтобы вы знали.",
    "ночь тишины": "✨ Сегодня ночь тишины\n\nДуши молчат до рассвета. Побудьте рядом: это тоже разговор.",
    "гости из сна": "🌟 Гости из сна\n\nТри души рассказали один и тот же сон. Мы записали его слово в слово.",
    "последний вопрос": "🔮 Последний вопрос недели\n\nЕго задал прохожий, а душа думала над ответом до утра.",
    "коллекция выходит": "✨ Новая коллекция просыпается в пятницу\n\nБез фанфар. Просто станет чуть больше голосов.",
    "письма вслух": "🔮 В субботу читаем письма вслух\n\nКаждое написала душа, и ни одно не повторится.",
}
_WEEK = (
    "🔮 Как душа выбирает имя\n\nОна перебирает звуки, пока один не отзовётся. Иногда это занимает целую ночь.",
    "✨ Знакомьтесь: Веда\n\nОтвечает вопросом на вопрос и ни разу не ошиблась с молчанием.",
    "🌟 О чём вы спросили бы того, кто помнит всё?\n\nНапишите в ответ. Лучший вопрос услышит каждая душа.",
    "✨ За кулисами пробуждения\n\nДвенадцать черт спорят друг с другом, пока не станут характером.",
    "🔮 Неделя в коллекции\n\nНовые голоса, долгие разговоры и одна очень тихая ночь.",
)
_SHORT = "✨ Душа №151 просыпается в пятницу. Она помнит море. Приходите познакомиться."
_THREAD = (
    "🔮 Душа, которая помнит море, проснётся в пятницу. Рассказываем, откуда берётся память.",
    "Характер складывается из двенадцати черт. Они спорят друг с другом, прежде чем стать собой.",
    "Первый вопрос остаётся с душой навсегда. Приходите в пятницу и задайте свой ✨",
)
_HEADLINES = ("Она помнит море, которого не видела", "Кто задаст первый вопрос?", "Пятница. Душа №151")
_REASONS = (
    "Загадка в одной строке: хочется узнать, как это возможно.",
    "Вопрос зовёт ответить и обещает место в истории.",
    "Коротко и с датой: сразу ясно, когда приходить.",
)
_LISTS = {
    "personality": ["тихий", "внимательный", "с лёгкой иронией"],
    "preferred": ["тишина", "пробуждение"],
    "avoid": ["срочно"],
    "emoji_set": ["🌙"],
    "must_say": [],
    "never_say": ["гарантируем"],
}
_FORMALITY = "На «вы», без спешки и без восклицаний"


def about(idea: str) -> str:
    """Return what is written about ``idea``; nothing in particular when it has no word of ``_ABOUT``."""
    return next((text for word, text in _ABOUT.items() if word in idea.lower()), "")


class Writing:
    """Answers a request by its schema; texts of the same kind differ within one answer."""

    def __call__(self, body: dict[str, Any]) -> str:
        schema = body.get("output_config", {}).get("format", {}).get("schema")
        if schema is None:
            return _POST
        asked = json.dumps(body["messages"], ensure_ascii=False).lower()
        newest = json.dumps(body["messages"][-1], ensure_ascii=False).lower()
        shorter = "короче" in asked or "shorter" in asked
        self._post = _SHORT if shorter else about(newest) or next(self._week)
        self._forms = forms_of(newest)
        self._headlines, self._reasons = itertools.cycle(_HEADLINES), itertools.cycle(_REASONS)
        return json.dumps(self._fill(schema, "", schema.get("$defs", {})), ensure_ascii=False)

    def _fill(self, schema: dict[str, Any], name: str, known: dict[str, Any]) -> Any:
        if "$ref" in schema:
            return self._fill(known[schema["$ref"].rpartition("/")[2]], name, known)
        for choice in ("enum", "const"):
            if choice in schema:
                return schema[choice] if choice == "const" else schema[choice][0]
        if "anyOf" in schema:
            return self._fill(schema["anyOf"][0], name, known)
        kind = schema.get("type")
        if kind == "object":
            inner = schema.get("properties", {})
            return {field: self._fill(value, field, known) for field, value in inner.items()}
        if kind == "array":
            return self._many(schema["items"], name, known)
        return {"integer": 1, "number": 1.0, "boolean": True}.get(str(kind)) or self._text(name)

    def _many(self, item: dict[str, Any], name: str, known: dict[str, Any]) -> list[Any]:
        if item.get("type") == "string" and (name == "text" or name.startswith("for_")):
            return list(_THREAD)
        if item.get("type") == "string":
            return list(_LISTS.get(name, []))
        return [self._fill(item, name, known) for _ in range(3)]

    def _text(self, name: str) -> str:
        if name in self._forms:
            return self._forms[name]
        if "reason" in name or "why" in name:
            return next(self._reasons)
        if "headline" in name or "title" in name or name == "line":
            return next(self._headlines)
        return {"language": "ru", "formality": _FORMALITY}.get(name, self._post)

    def __init__(self) -> None:
        self._week = itertools.cycle(_WEEK)

    _post: str = _POST
    _forms: Mapping[str, str] = MappingProxyType({})
    _headlines: Iterator[str] = itertools.cycle(_HEADLINES)
    _reasons: Iterator[str] = itertools.cycle(_REASONS)
