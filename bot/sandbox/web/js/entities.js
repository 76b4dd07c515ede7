// How does a text with entities look? Offsets are UTF-16 units, which is exactly what a JavaScript string counts.
import { h, icon, safeUrl } from "./dom.js";
import { t } from "./i18n.js";
import { openLink } from "./links.js";
import { copyText, revealed } from "./actions.js";
import { fullDate } from "./format.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

function link(href, children, title) {
  if (!href) return h("span", {}, children);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", title, onclick: (event) => openLink(href, event) }, children);
}

export function spoiler(children, key) {
  const el = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": t("show_spoiler") }, h("span", {}, children));
  const show = () => {
    revealed.add(key);
    el.classList.add("shown");
    el.removeAttribute("role");
    el.removeAttribute("tabindex");
    el.removeAttribute("aria-label");
  };
  if (revealed.has(key)) show();
  el.addEventListener("click", (event) => {
    if (el.classList.contains("shown")) return;
    event.preventDefault();
    event.stopPropagation();
    show();
  }, true);
  el.addEventListener("keydown", (event) => {
    if (event.target === el && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      show();
    }
  });
  return el;
}

function quote(children, expandable, key) {
  const body = h("span", { class: "quote-body" }, children);
  const el = h("blockquote", { class: expandable ? "expandable" : "" }, body);
  if (!expandable) return el;
  const toggle = h("button", { type: "button", class: "quote-toggle", "aria-label": t("expand_quote"), "aria-expanded": "false" }, icon("down", 16));
  const set = (open) => {
    el.classList.toggle("open", open);
    toggle.setAttribute("aria-expanded", String(open));
    if (open) revealed.add(key);
    else revealed.delete(key);
  };
  toggle.addEventListener("click", () => set(!el.classList.contains("open")));
  el.append(toggle);
  set(revealed.has(key));
  return el;
}

function code(children, raw) {
  return h("code", { class: "mono", title: t("copy"), role: "button", tabindex: "0", onclick: () => copyText(raw), onkeydown: (e) => e.key === "Enter" && copyText(raw) }, children);
}

function pre(children, raw, language) {
  const copy = h("button", { type: "button", class: "pre-copy", "aria-label": t("copy"), title: t("copy"), onclick: () => copyText(raw) }, icon("copy", 15));
  const head = language ? h("span", { class: "pre-head" }, h("span", {}, language), copy) : copy;
  return h("span", { class: language ? "pre" : "pre headless" }, head, h("code", { class: "mono" }, children));
}

function wrap(entity, children, raw, context) {
  const key = `${context.key}:${entity.type}:${entity.offset}`;
  switch (entity.type) {
    case "bold": return h("strong", {}, children);
    case "italic": return h("em", {}, children);
    case "underline": return h("u", {}, children);
    case "strikethrough": return h("s", {}, children);
    case "spoiler": return spoiler(children, key);
    case "code": return code(children, raw);
    case "pre": return pre(children, raw, entity.language);
    case "blockquote": return quote(children, false, key);
    case "expandable_blockquote": return quote(children, true, key);
    case "text_link": return link(safeUrl(entity.url), children, entity.url);
    case "url": return link(safeUrl(raw), children);
    case "email": return link(safeUrl(`mailto:${raw}`), children);
    case "mention": return link(safeUrl(`https://t.me/${raw.slice(1)}`), children);
    case "text_mention": return h("span", { class: "mention", title: entity.user?.first_name }, children);
    case "bot_command": return h("button", { type: "button", class: "command-link", onclick: () => context.onCommand?.(raw) }, children);
    case "date_time": return h("time", { title: entity.unix_time ? fullDate(entity.unix_time) : null }, children);
    case "hashtag":
    case "cashtag":
    case "phone_number": return h("span", { class: "tag" }, children);
    default: return h("span", {}, children); // a custom emoji shows its fallback; a kind of tomorrow shows its text
  }
}

/** Cut what sticks out of the bounds, so that a crossing pair still renders as two clean pieces. */
function clipped(entities, start, end) {
  return entities
    .map((entity) => {
      const from = Math.max(start, entity.offset);
      return { ...entity, offset: from, length: Math.min(end, entity.offset + entity.length) - from };
    })
    .filter((entity) => entity.length > 0);
}

function renderRange(text, start, end, entities, context) {
  const nodes = [];
  let queue = clipped(entities, start, end).sort((a, b) => a.offset - b.offset || b.length - a.length);
  let at = start;
  let previous = null;
  const plain = (from, to, before) => {
    // A block stands on its own line already: the line breaks that touch it would leave empty lines.
    const skip = BLOCKS.has(previous) && text[from] === "\n" ? 1 : 0;
    const drop = BLOCKS.has(before) && text[to - 1] === "\n" && to - 1 >= from + skip ? 1 : 0;
    if (to - drop > from + skip) nodes.push(document.createTextNode(text.slice(from + skip, to - drop)));
  };
  while (queue.length) {
    const [entity, ...rest] = queue;
    const stop = entity.offset + entity.length;
    if (entity.offset > at) plain(at, entity.offset, entity.type);
    const inside = rest.filter((other) => other.offset < stop);
    nodes.push(wrap(entity, renderRange(text, entity.offset, stop, inside, context), text.slice(entity.offset, stop), context));
    previous = entity.type;
    at = stop;
    queue = clipped(rest, stop, end).sort((a, b) => a.offset - b.offset || b.length - a.length);
  }
  if (at < end) plain(at, end, null);
  return nodes;
}

/** Nodes for a text; `context` is { key, onCommand }, the key being unique to the message. */
export function renderText(text, entities, context) {
  const value = String(text ?? "");
  const valid = (entities ?? []).filter((e) => Number.isInteger(e.offset) && Number.isInteger(e.length) && e.offset >= 0 && e.length > 0);
  return renderRange(value, 0, value.length, valid, context);
}

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}\uFE0F?)*|\p{Regional_Indicator}{2}){1,3}$/u;
export const isEmojiOnly = (text) => EMOJI_ONLY.test((text ?? "").trim());
