"""Are all mistakes of a document found at once, each with its path?"""

import json
from typing import Any

import pytest

from core.errors import ConfigError
from core.platforms.registry import PLATFORMS
from core.transfer.checking import read_document
from core.transfer.document import Document


def read(document: Any, **environment: str) -> Document:
    return read_document(json.dumps(document), "nexus.json", environment=environment, platforms=PLATFORMS)


def problems_of(document: Any, **environment: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(document, **environment)
    return [line.strip() for line in str(caught.value).splitlines()[1:]]


CHANNEL = {
    "platform": "telegram",
    "platform_name": "@a",
    "credentials": {"bot_token": "1:x", "chat_id": "-1001"},
}


def test_every_mistake_is_named_by_its_path() -> None:
    found = problems_of(
        {
            "products": [
                {
                    "name": "One",
                    "slug": "one",
                    "brand_vioce": {},
                    "channels": [{"platform": "telegramm", "credentials": {}}],
                },
                {
                    "name": "",
                    "slug": "One!",
                    "channels": [
                        CHANNEL,
                        CHANNEL | {"credentials": {"bot_token": "1:x"}},
                        {"platform": "telegram"},
                    ],
                    "templates": [{"name": "T", "content_type": "x", "structure": {}}, {"name": "T"}],
                    "automations": [
                        {"name": "A", "trigger_type": "sometimes", "trigger_config": {}, "actions": []}
                    ],
                },
                {"name": "Again", "slug": "one"},
                {"name": "Voice", "slug": "voice", "brand_voice": {"personality": "calm", "tone": {}}},
            ],
            "settings": {
                "general": {"timezone": "Mars/Base"},
                "publishing": {"min_gap_hour": 2},
                "email": {},
            },
            "chanels": [],
        }
    )
    text = "\n".join(found)
    for expected in (
        "products[0].brand_vioce: there is no such field; did you mean brand_voice?",
        "products[0].channels[0].platform: there is no platform 'telegramm'; did you mean telegram?",
        "products[1].name: ",
        "products[1].slug: ",
        "products[1].channels[1].credentials.chat_id: ",
        "products[1].channels[1].platform: the same platform as products[1].channels[0]",
        "products[1].channels[2].credentials: ",
        "products[1].templates[1].name: the same name as products[1].templates[0]",
        "products[1].templates[1].structure: ",
        "products[1].automations[0].trigger_type: ",
        "products[2].slug: the same slug as products[0]",
        "products[3].brand_voice.personality: ",
        "products[3].brand_voice.tone: there is no such field",
        "settings.general.timezone: 'Mars/Base' is not a time zone",
        "settings.publishing.min_gap_hour: there is no such setting; did you mean min_gap_hours?",
        "settings.email: there is no such group of settings",
        "chanels: there is no such field",
    ):
        assert expected in text, expected


def test_values_never_appear_in_messages() -> None:
    found = problems_of(
        {
            "products": [
                {
                    "name": "One",
                    "webhook_secret": "tiny",
                    "channels": [
                        {
                            "platform": "telegram",
                            "credentials": {"bot_token": "not-a-token-s3cret", "x": "s3cret"},
                        }
                    ],
                }
            ]
        }
    )
    assert found
    assert "s3cret" not in "\n".join(found)
    assert "tiny" not in "\n".join(found)


def test_missing_variable_is_reported_once_and_by_name() -> None:
    document = {
        "products": [
            {"name": "One", "channels": [CHANNEL | {"credentials": {"bot_token": "${TG}", "chat_id": "1"}}]}
        ]
    }
    assert problems_of(document) == [
        "products[0].channels[0].credentials.bot_token: the environment variable TG is not set"
    ]
    assert read(document, TG="1:x").products[0].channels[0].credentials["bot_token"] == "1:x"


@pytest.mark.parametrize("document", [[], "text", 5, None])
def test_only_an_object_can_be_imported(document: Any) -> None:
    with pytest.raises(ConfigError, match="expected an object"):
        read(document)


@pytest.mark.parametrize(
    "document", [{"products": {}}, {"products": [5]}, {"settings": []}, {"products": [{"channels": {}}]}]
)
def test_wrong_shapes_are_mistakes_and_no_defects(document: Any) -> None:
    assert problems_of(document)


def test_two_names_that_give_one_slug_are_told_apart() -> None:
    assert problems_of({"products": [{"name": "Луна"}, {"name": "Luna"}]}) == [
        "products[1].name: gives the same slug as products[0]; give one"
    ]


@pytest.mark.parametrize("depth", [400, 900, 5000])
def test_deep_nesting_is_a_mistake_and_no_defect(depth: int) -> None:
    text = '{"settings": {"general": ' + '{"a":' * depth + "1" + "}" * depth + "}}"
    with pytest.raises(ConfigError):
        read_document(text, "nexus.json", environment={}, platforms=PLATFORMS)


def test_name_without_letters_needs_a_slug() -> None:
    assert problems_of({"products": [{"name": "🌟"}]}) == [
        "products[0].slug: cannot be made from this name; give one, e.g. my-product"
    ]
