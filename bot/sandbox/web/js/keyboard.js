// What do the bot's buttons look like and do? Inline rows under a bubble, and the reply keyboard above the composer.
import { api } from "./api.js";
import { copyText, fail } from "./actions.js";
import { h, icon, safeUrl } from "./dom.js";
import { t } from "./i18n.js";
import { openLink } from "./links.js";
import { alertBox, toast } from "./overlays.js";
import { changedNow, onCallbackAnswer } from "./store.js";

const ANSWER_WAIT_MS = 30000; // Telegram's own clients stop the spinner about then

const pending = new Map(); // "chat:message:data" → { queryId, chatId, timer }
const early = new Map(); // query id → answer that came before the press request returned

const keyOf = (chatId, messageId, data) => `${chatId}:${messageId}:${data}`;

/** The pressed buttons of a message as text: part of what decides whether a bubble is drawn again. */
export function pendingMark(chatId, messageId) {
  const prefix = `${chatId}:${messageId}:`;
  return [...pending.keys()].filter((key) => key.startsWith(prefix)).join("|");
}

function settle(key) {
  const press = pending.get(key);
  if (!press) return;
  clearTimeout(press.timer);
  pending.delete(key);
  changedNow(press.chatId);
}

function show(answer) {
  if (answer.url) {
    const href = safeUrl(answer.url);
    if (href) openLink(href);
  }
  if (!answer.text) return;
  if (answer.show_alert) alertBox(answer.text);
  else toast(answer.text);
}

onCallbackAnswer((answer) => {
  const entry = [...pending].find(([, press]) => press.queryId === String(answer.query_id));
  if (entry) {
    settle(entry[0]);
    show(answer);
  } else {
    early.set(String(answer.query_id), answer);
    setTimeout(() => early.delete(String(answer.query_id)), ANSWER_WAIT_MS);
  }
});

async function press(chatId, messageId, data) {
  const key = keyOf(chatId, messageId, data);
  if (pending.has(key)) return;
  const silent = () => {
    settle(key);
    toast(t("bot_silent"));
  };
  pending.set(key, { queryId: null, chatId, timer: setTimeout(silent, ANSWER_WAIT_MS) });
  changedNow(chatId);
  try {
    const { query_id: queryId } = await api.press(chatId, messageId, data);
    const id = String(queryId);
    if (early.has(id)) {
      const answer = early.get(id);
      early.delete(id);
      settle(key);
      show(answer);
    } else if (pending.has(key)) pending.get(key).queryId = id;
  } catch (error) {
    settle(key);
    fail(error);
  }
}

function behaviour(button, chatId, messageId) {
  if (button.callback_data !== undefined) return { run: () => press(chatId, messageId, button.callback_data) };
  if (button.url) return { href: safeUrl(button.url), corner: "link" };
  if (button.copy_text) return { run: () => copyText(button.copy_text.text), corner: "copy" };
  return { run: () => toast(t("button_unsupported")) };
}

/** One button under a message, or in a row inside a rich one. */
export function inlineButton(button, chatId, messageId) {
  const { href, run, corner } = behaviour(button, chatId, messageId);
  const waiting = button.callback_data !== undefined && pending.has(keyOf(chatId, messageId, button.callback_data));
  const style = ["danger", "success", "primary", "link"].includes(button.style) ? button.style : "";
  const inside = [h("span", { class: "kb-label" }, button.text), corner ? icon(corner, 12) : null, waiting ? h("span", { class: "spinner", "aria-hidden": "true" }) : null];
  const shared = { class: `kb-button ${style} ${waiting ? "waiting" : ""}`, testid: "btn", "aria-busy": waiting ? "true" : null };
  if (href) return h("a", { ...shared, href, target: "_blank", rel: "noopener noreferrer", title: button.url, onclick: (event) => openLink(href, event) }, inside);
  return h("button", { ...shared, type: "button", disabled: Boolean(button.disabled), onclick: run, title: button.copy_text?.text ?? null }, inside);
}

export function inlineKeyboard(message, chatId) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div", { class: "kb" }, rows.filter((row) => row.length).map((row) =>
    h("div", { class: "kb-row" }, row.map((button) => inlineButton(button, chatId, message.message_id)))));
}

/** The reply keyboard that is in force: the newest message of the bot that sets or removes one decides. */
export function replyKeyboard(messages) {
  for (let at = messages.length - 1; at >= 0; at -= 1) {
    const markup = messages[at].out ? null : messages[at].reply_markup;
    if (markup?.remove_keyboard) return null;
    if (markup?.force_reply) return { force: messages[at], placeholder: markup.input_field_placeholder };
    if (markup?.keyboard) return { ...markup, messageId: messages[at].message_id, placeholder: markup.input_field_placeholder };
  }
  return null;
}

export function replyKeyboardPanel(markup, onPress) {
  return h("div", { class: "reply-kb", testid: "reply-keyboard" }, markup.keyboard.map((row) =>
    h("div", { class: "kb-row" }, row.map((button) => {
      const text = typeof button === "string" ? button : button.text;
      const style = ["danger", "success", "primary"].includes(button.style) ? button.style : "";
      return h("button", { type: "button", class: `kb-button ${style}`, onclick: () => onPress(text) }, h("span", { class: "kb-label" }, text));
    }))));
}
