// Where does a link lead? Links to sandbox chats open inside the page, everything else in a new tab.
import { botChat, chatByUsername, state } from "./store.js";

/** `{ chatId, messageId?, start? }` when the address points into the sandbox, otherwise null. */
export function internalTarget(href) {
  let url;
  try {
    url = new URL(href);
  } catch {
    return null;
  }
  if (!/^(www\.)?(t\.me|telegram\.me)$/.test(url.hostname)) return null;
  const parts = url.pathname.split("/").filter(Boolean);
  if (parts[0] === "s") parts.shift();
  if (parts[0] === "c" && /^\d+$/.test(parts[1] ?? "")) {
    const chatId = Number(`-100${parts[1]}`);
    return state.chats.has(chatId) ? { chatId, messageId: Number(parts.at(-1)) || null } : null;
  }
  const name = parts[0] ?? "";
  if (state.bot?.username && name.toLowerCase() === state.bot.username.toLowerCase() && botChat()) {
    return { chatId: botChat().id, start: url.searchParams.get("start") };
  }
  const chat = chatByUsername(name);
  return chat ? { chatId: chat.id, messageId: /^\d+$/.test(parts[1] ?? "") ? Number(parts[1]) : null } : null;
}

let onInternal = () => undefined;
export function handleInternal(handler) {
  onInternal = handler;
}

/** Called by a clicked link; keeps the browser's own behaviour for addresses outside the sandbox. */
export function openLink(href, event) {
  const target = internalTarget(href);
  if (target) {
    event?.preventDefault();
    onInternal(target);
  } else if (!event) {
    window.open(href, "_blank", "noopener,noreferrer");
  }
}

/** The address of a post, as Telegram writes it. */
export function postLink(chat, messageId) {
  if (chat.username) return `https://t.me/${chat.username}/${messageId}`;
  return `https://t.me/c/${String(chat.id).replace(/^-100/, "")}/${messageId}`;
}

/** The page's own place: `#/<chat>/<message>`, so that back, reload and a shared address work. */
export function readPlace() {
  const match = /^#\/(-?\d+)(?:\/(\d+))?$/.exec(location.hash);
  return { chatId: match ? Number(match[1]) : null, messageId: match?.[2] ? Number(match[2]) : null };
}

export function goTo(chatId, messageId) {
  const wanted = chatId === null ? "" : `#/${chatId}${messageId ? `/${messageId}` : ""}`;
  if (location.hash === wanted) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else if (wanted) location.hash = wanted;
  else history.pushState(null, "", location.pathname + location.search);
  if (!wanted) window.dispatchEvent(new HashChangeEvent("hashchange"));
}
