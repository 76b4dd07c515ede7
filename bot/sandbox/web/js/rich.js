// How does a rich message look? Blocks one under another; texts nest inside them.
import { revealed } from "./actions.js";
import { h, safeUrl } from "./dom.js";
import { fullDate } from "./format.js";
import { inlineButton } from "./keyboard.js";
import { openLink } from "./links.js";
import { spoiler } from "./entities.js";

const TAGS = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", subscript: "sub", superscript: "sup", marked: "mark" };

function text(node, key) {
  if (node === undefined || node === null) return null;
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map((one, at) => text(one, `${key}.${at}`));
  const inside = text(node.text, key);
  if (TAGS[node.type]) return h(TAGS[node.type], {}, inside);
  switch (node.type) {
    case "code": return h("code", { class: "mono" }, inside);
    case "spoiler": return spoiler(inside, key);
    case "date_time": return h("time", { title: fullDate(node.unix_time) }, inside);
    case "url": {
      const href = safeUrl(node.url);
      return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer", title: node.url, onclick: (event) => openLink(href, event) }, inside) : h("span", {}, inside);
    }
    default: return h("span", {}, inside);
  }
}

function table(block, key) {
  const kinds = ["rich-table", block.is_bordered ? "bordered" : "", block.is_striped ? "striped" : "", block.is_compact ? "compact" : ""];
  const cell = (one, place) => h(one.is_header ? "th" : "td", { class: `${one.align} ${one.valign}`, colspan: one.colspan, rowspan: one.rowspan }, text(one.text, place));
  const rows = block.cells.map((row, at) => h("tr", {}, row.map((one, column) => cell(one, `${key}.${at}.${column}`))));
  return h("div", { class: "rich-scroll" }, h("table", { class: kinds.join(" ") }, block.caption ? h("caption", {}, text(block.caption, `${key}.c`)) : null, h("tbody", {}, rows)));
}

function details(block, key, context) {
  const open = revealed.has(key) || Boolean(block.is_open);
  const el = h("details", { open }, h("summary", {}, text(block.summary, `${key}.s`)), blocks(block.blocks, key, context));
  el.addEventListener("toggle", () => (el.open ? revealed.add(key) : revealed.delete(key)));
  return el;
}

function list(block, key, context) {
  const item = (one, at) => h("div", { class: "rich-item" },
    h("span", { class: "rich-label" }, one.has_checkbox ? (one.is_checked ? "☑" : "☐") : one.label),
    h("div", {}, blocks(one.blocks, `${key}.${at}`, context)));
  return h("div", { class: "rich-list" }, block.items.map(item));
}

function quote(block, key, context) {
  const body = block.blocks ? blocks(block.blocks, key, context) : text(block.text, key);
  return h("blockquote", {}, body, block.credit ? h("cite", {}, text(block.credit, `${key}.c`)) : null);
}

function draw(block, key, context) {
  switch (block.type) {
    case "paragraph": return h("p", {}, text(block.text, key));
    case "footer": return h("p", { class: "rich-footer" }, text(block.text, key));
    case "heading": return h(`h${Math.min(6, block.size + 2)}`, { class: `rich-h${block.size}` }, text(block.text, key));
    case "pre": return h("span", { class: "pre" }, h("code", { class: "mono" }, text(block.text, key)));
    case "divider": return h("hr");
    case "table": return table(block, key);
    case "details": return details(block, key, context);
    case "list": return list(block, key, context);
    case "buttons": return h("div", { class: `rich-buttons ${block.align ?? ""}` }, block.buttons.map((one) => inlineButton(one, context.chatId, context.messageId)));
    default: return quote(block, key, context);
  }
}

function blocks(given, key, context) {
  return given.map((block, at) => draw(block, `${key}:${at}`, context));
}

export function renderRich(message, chatId) {
  return blocks(message.rich_message.blocks, `${chatId}:${message.message_id}`, { chatId, messageId: message.message_id });
}
