// How does a list of messages become day marks, service lines and bubbles?
import { sendText, attempt } from "./actions.js";
import { api } from "./api.js";
import { h, icon, iconButton } from "./dom.js";
import { isEmojiOnly, renderText } from "./entities.js";
import { clock, dayKey, dayLabel, forwardSource, fullDate, mediaKind, serviceText, shortCount, summary, userName } from "./format.js";
import { t } from "./i18n.js";
import { inlineKeyboard, pendingMark } from "./keyboard.js";
import { isVisual, mediaWidth, renderMedia } from "./media.js";
import { openMessageMenu } from "./message_menu.js";
import { goTo } from "./links.js";
import { renderRich } from "./rich.js";

const GROUP_GAP_S = 600; // messages of one side within ten minutes stand close together
const LONG_PRESS_MS = 450;

const senderOf = (message) => (message.out ? "out" : message.sender_chat?.id ?? message.from?.id ?? "in");

/** Rows in order: { key, deps, build }. A row is drawn again only when one of its `deps` is another value. */
export function buildRows(chat, messages, { unreadFrom = null } = {}) {
  const rows = [];
  const blocks = [];
  for (const message of messages) {
    const last = blocks.at(-1);
    if (message.media_group_id && last?.[0].media_group_id === message.media_group_id) last.push(message);
    else blocks.push([message]);
  }
  blocks.forEach((block, at) => {
    const [message] = block;
    const day = dayKey(message.date);
    const before = blocks[at - 1]?.at(-1);
    const after = blocks[at + 1]?.[0];
    if (!before || dayKey(before.date) !== day) rows.push(textRow(`day:${day}`, dayLabel(message.date), "day"));
    if (unreadFrom === message.message_id) rows.push(textRow("unread", t("unread_messages"), "unread-mark"));
    const service = serviceText(message);
    if (service) {
      rows.push(textRow(`service:${message.message_id}`, service, "service"));
      return;
    }
    const near = (other) => other && !serviceText(other) && senderOf(other) === senderOf(message) && dayKey(other.date) === day && Math.abs(other.date - message.date) < GROUP_GAP_S;
    const first = !near(before) || unreadFrom === message.message_id;
    const end = !near(after) || unreadFrom === after.message_id;
    rows.push({
      key: `m:${message.message_id}`,
      deps: [...block, chat.type, first, end, pendingMark(chat.id, message.message_id)],
      build: () => bubbleRow(chat, block, first, end),
    });
  });
  return rows;
}

function textRow(key, text, kind) {
  return { key, deps: [text], build: () => h("div", { class: `mark ${kind}` }, h("span", {}, text)) };
}

function meta(chat, message) {
  const parts = [];
  if (chat.type === "channel" || message.views) parts.push(h("span", { class: "views", title: t("views") }, icon("eye", 14), shortCount(message.views ?? 0)));
  if (message.author_signature) parts.push(h("span", { class: "signature" }, message.author_signature));
  // Telegram's applications do not mark a bot's message with buttons: there an edit is how a screen changes.
  const screen = message.from?.is_bot && message.reply_markup?.inline_keyboard;
  if (message.edit_date && !screen) parts.push(h("span", { class: "edited" }, t("edited")));
  parts.push(h("time", { datetime: new Date(message.date * 1000).toISOString(), title: fullDate(message.date) }, clock(message.date)));
  if (message.out && chat.type !== "channel") parts.push(icon("checks", 16));
  return h("span", { class: "meta" }, parts);
}

function replyQuote(chat, reply) {
  if (!reply) return null;
  const missing = !reply.date && !reply.text && !reply.caption;
  const name = reply.out ? t("you") : userName(reply.from ?? reply.sender_chat) || chat.title;
  return h("button", { type: "button", class: "quote-box", onclick: () => goTo(chat.id, reply.message_id) },
    h("span", { class: "quote-name" }, name), h("span", { class: "quote-text" }, missing ? t("deleted_message") : summary(reply)));
}

function reactions(chat, message) {
  const list = (message.reactions ?? []).map((item) => ({
    emoji: item.emoji ?? item.type?.emoji ?? "",
    count: item.count ?? item.total_count ?? 1,
  })).filter((item) => item.emoji);
  if (!list.length) return null;
  return h("span", { class: "reactions" }, list.map((item) =>
    h("button", { type: "button", class: "reaction", "aria-label": `${t("react")} ${item.emoji} ${item.count}`, onclick: () => attempt(api.react(chat.id, message.message_id, item.emoji)) },
      item.emoji, h("span", {}, item.count))));
}

function textBlock(chat, message) {
  if (message.rich_message) return h("div", { class: "text rich", dir: message.rich_message.is_rtl ? "rtl" : "auto" }, renderRich(message, chat.id));
  const value = message.text ?? message.caption;
  if (!value) return null;
  const context = { key: `${chat.id}:${message.message_id}`, onCommand: (command) => attempt(sendText(chat.id, command)) };
  const jumbo = message.text && !message.entities?.some((e) => e.type !== "custom_emoji") && isEmojiOnly(value);
  return h("div", { class: `text ${jumbo ? "jumbo" : ""}`, dir: "auto" }, renderText(value, message.text !== undefined ? message.entities : message.caption_entities, context));
}

function bubble(chat, block) {
  const message = block.find((item) => item.caption) ?? block[0];
  const files = !block.every(isVisual) && block.length > 1;
  const text = textBlock(chat, files ? block.at(-1) : message);
  const media = renderMedia(block, chat.id, (item) => textBlock(chat, item));
  const above = message.show_caption_above_media;
  const source = forwardSource(block[0].forward_origin);
  const quote = replyQuote(chat, block[0].reply_to_message);
  const reacted = reactions(chat, block[0]);
  const visual = isVisual(block[0]);
  const overlaid = visual && !reacted && (!text || above);
  const mediaFirst = visual && !source && !quote && !(above && text);
  const stamp = meta(chat, { ...block[0], edit_date: block.find((item) => item.edit_date)?.edit_date });
  // Inside the text the time can float to the end of its last line.
  if (reacted) reacted.append(stamp);
  else if (text && !(above && media)) text.append(stamp);
  const kinds = { "visual-bubble": visual, overlaid, "media-first": mediaFirst, bare: mediaKind(block[0]) === "sticker" };
  const el = h("div", { class: ["bubble", ...Object.keys(kinds).filter((name) => kinds[name])].join(" ") },
    source ? h("div", { class: "forwarded" }, `${t("forwarded_from")} `, h("b", {}, source)) : null,
    quote,
    above ? [text, media] : [media, text],
    !media && !text ? h("div", { class: "text muted" }, t("unsupported")) : null,
    reacted,
    stamp.parentNode ? null : stamp);
  const width = mediaWidth(block);
  if (visual && width) el.style.width = `${width}px`;
  return el;
}

function longPress(el, open) {
  let timer = null;
  const stop = () => clearTimeout(timer);
  el.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse") return;
    timer = setTimeout(() => open(event.clientX, event.clientY), LONG_PRESS_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove", "pointerleave"]) el.addEventListener(name, stop);
}

function bubbleRow(chat, block, first, end) {
  const [message] = block;
  const side = message.out && chat.type !== "channel" ? "out" : "in";
  const body = bubble(chat, block);
  const more = iconButton("more", t("actions"), () => open(), { class: "msg-more", "aria-haspopup": "menu" });
  const open = (x, y) => {
    const box = more.getBoundingClientRect();
    openMessageMenu(chat, block, x ?? box.left, y ?? box.bottom + 4, more);
  };
  body.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a") || String(getSelection()).length) return;
    event.preventDefault();
    open(event.clientX || undefined, event.clientY || undefined);
  });
  longPress(body, open);
  const keyboard = inlineKeyboard(block[0], chat.id);
  return h("div", { class: `row ${side} ${first ? "first" : ""} ${end ? "last" : ""}`, dataset: { messageId: message.message_id } },
    h("article", { class: `msg ${keyboard ? "with-kb" : ""}`, testid: `msg-${chat.id}-${message.message_id}`, "aria-label": `${message.out ? t("you") : userName(message.from) || chat.title}, ${clock(message.date)}` }, h("div", { class: "bubble-line" }, body, more), keyboard));
}

/** A message that is still being written: a caret behind what there is, and a button to stop it where the bot takes that. */
export function draftRow(chat, draft) {
  return { key: `draft:${draft.draft_id}`, deps: [draft.text, draft], build: () => draftBubble(chat, draft) };
}

function draftBubble(chat, draft) {
  const text = draft.text ? renderText(draft.text, draft.entities, { key: `draft:${chat.id}` }) : h("em", { class: "thinking" }, t("thinking"));
  const stop = draft.can_stop
    ? h("button", { type: "button", class: "draft-stop", testid: "draft-stop", onclick: () => attempt(api.stopDraft(chat.id, draft.draft_id)) }, icon("stop", 16), t("stop_draft"))
    : null;
  return h("div", { class: "row in first last" }, h("article", { class: "msg" },
    h("div", { class: "bubble draft", testid: "draft" }, h("div", { class: "text", dir: "auto" }, text, h("span", { class: "caret", "aria-hidden": "true" }))), stop));
}

/** Make the children of `host` equal to the rows, keeping the elements that did not change. */
export function reconcile(host, rows, cache) {
  const alive = new Set();
  let cursor = host.firstChild;
  for (const row of rows) {
    alive.add(row.key);
    let entry = cache.get(row.key);
    const same = entry && entry.deps.length === row.deps.length && entry.deps.every((value, at) => value === row.deps[at]);
    if (!same) {
      const el = row.build();
      if (entry) {
        const focused = entry.el.contains(document.activeElement);
        const at = focused ? [...entry.el.querySelectorAll("button, a")].indexOf(document.activeElement) : -1;
        if (cursor === entry.el) cursor = entry.el.nextSibling;
        entry.el.remove();
        host.insertBefore(el, cursor);
        if (at >= 0) el.querySelectorAll("button, a")[at]?.focus({ preventScroll: true });
      }
      entry = { el, deps: row.deps };
      cache.set(row.key, entry);
    }
    if (entry.el === cursor) cursor = cursor.nextSibling;
    else if (entry.el.nextSibling !== cursor || entry.el.parentNode !== host) host.insertBefore(entry.el, cursor);
  }
  for (const [key, entry] of cache) {
    if (alive.has(key)) continue;
    entry.el.remove();
    cache.delete(key);
  }
}

