"""Rules and events: a rule is begun, tried, switched on; an event comes in, and its post waits for one tap."""

from scripts.gallery.phone import Phone
from scripts.gallery.scene import Scene

_EVENT = """mint
{"token_id": 777, "rarity_score": 97, "name": "Silver Owl"}"""
_RULE = """{"name": "Совы", "trigger_type": "moon", "trigger_config": {"event": "mint"},
 "actions": [{"type": "generate", "idea": "x", "platforms": ["myspace"]}]}"""


async def automations(phone: Phone) -> None:
    """Start from a ready-made rule, try it, look at its parts."""
    await phone.say("/automations")
    await phone.shot("none", "No automations yet")
    await phone.tap("automations-ready-made")
    await phone.shot("ready-made", "Rules to start from")
    await phone.tap_label({"ru": "Редкий", "en": "Rare"}[phone.language])
    await phone.shot("one", "One of them in words")
    await phone.tap("rule-ready-add")
    await phone.shot("added", "Added, and switched off")
    await phone.tap("rule-try")
    await phone.shot("tried", "Tried on a sample")
    await phone.tap_label("30")
    await phone.shot("tested", "Held against the last days")
    await phone.tap("ui-back")
    await phone.tap("rule-edit")
    await phone.shot("parts", "The parts of a rule")
    await phone.tap("rule-part-options")
    await phone.shot("options", "How freely, how often")
    await phone.tap("rule-field-cooldown")
    await phone.shot("value", "One value")
    await phone.tap("ui-cancel")
    await phone.tap("ui-back")
    await phone.tap_label("1. ")
    await phone.shot("action", "The form of an action")
    await phone.tap("ui-back")
    await phone.tap_exactly("rule-add-action")
    await phone.shot("kinds", "Kinds of actions")
    await phone.tap("ui-back")
    await phone.tap("ui-back")
    await phone.tap("automation-switch-on")
    await phone.shot("on", "Switched on")
    await phone.say("/automations")
    await phone.shot("list", "Automations")
    await phone.tap("automations-json")
    await phone.shot("ask-json", "A rule as JSON")
    await phone.say(_RULE)
    await phone.shot("refused", "What is wrong with it")
    await phone.say("/cancel")


async def events(phone: Phone) -> None:
    """Switch events on, send one, see what it did and why."""
    await phone.say("/products")
    await phone.tap_label("• Anima")
    await phone.tap("product-events-open")
    await phone.shot("off", "Events of a product, switched off")
    await phone.tap("hook-make")
    await phone.shot("secret", "The secret, shown once")
    await phone.tap("hook-copied")
    await phone.shot("on", "Events are taken")
    await phone.tap("hook-test")
    await phone.shot("ask", "Which event to send")
    await phone.say(_EVENT, until="proposal-approve")
    await phone.shot("wanted", "The post of an event waits for one tap")
    await phone.say("/events")
    await phone.shot("list", "Events")
    await phone.say("/automations")
    await phone.tap_label({"ru": "Редкий", "en": "Rare"}[phone.language])
    await phone.tap("automation-log")
    await phone.shot("log", "What the rule has done")
    await phone.tap_label("❔")
    await phone.shot("why", "Why it did so")


AUTOMATIONS = Scene("automations", "Automations", ("automations",), automations)
EVENTS = Scene("events", "Events", ("events", "proposals"), events)
