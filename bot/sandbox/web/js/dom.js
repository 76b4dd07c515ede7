// How are elements built? Only from text nodes and properties, so nothing that came from a server is ever parsed as markup.
import { ICONS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";
const SAFE_SCHEMES = new Set(["http:", "https:", "tg:", "mailto:"]);

/** Build an element: `on*` functions become listeners, `dataset` an object, booleans toggle attributes. */
export function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) el.addEventListener(name.slice(2).toLowerCase(), value);
    else if (name === "class") el.className = value;
    else if (name === "dataset") Object.assign(el.dataset, value);
    else if (name === "style") Object.assign(el.style, value);
    else if (name === "testid") el.dataset.testid = value;
    else if (value === true) el.setAttribute(name, "");
    else el.setAttribute(name, String(value));
  }
  append(el, children);
  return el;
}

export function append(el, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    el.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return el;
}

export function icon(name, size = 24) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", size);
  svg.setAttribute("height", size);
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  for (const d of ICONS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

/** A round button that shows only an icon; the label is what a screen reader and the tooltip say. */
export function iconButton(name, label, onclick, props = {}) {
  const { class: extra = "", ...rest } = props;
  return h("button", { type: "button", class: `icon-button ${extra}`, "aria-label": label, title: label, onclick, ...rest }, icon(name));
}

/** The address when its scheme is one a chat may open, otherwise null: `javascript:` and `data:` never become links. */
export function safeUrl(raw) {
  if (typeof raw !== "string") return null;
  const text = raw.trim();
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d+(\/|$)/.test(text) ? text : `https://${text}`;
  try {
    const url = new URL(candidate);
    return SAFE_SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

const AVATAR_COLORS = ["#d9534f", "#e08a2e", "#8564c8", "#4f9a45", "#2f93a8", "#3d83d1", "#c9588f"];

export function avatar(chat, size = "") {
  const title = chat?.title || chat?.first_name || "?";
  const letters = (title.match(/[\p{L}\p{N}]+/gu) ?? [title]).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase();
  const el = h("span", { class: `avatar ${size}`, "aria-hidden": "true" }, letters || "?");
  const given = chat?.avatar_color;
  if (typeof given === "string" && CSS.supports("color", given)) el.style.backgroundColor = given;
  else el.style.backgroundColor = AVATAR_COLORS[Math.abs(Number.isInteger(given) ? given : chat?.id ?? 0) % AVATAR_COLORS.length];
  return el;
}
