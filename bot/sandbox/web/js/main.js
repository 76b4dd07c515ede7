// How is the page put together? The list, the two panes, the address of the page, the title and the banner.
import { attempt, sendText } from "./actions.js";
import { ChatList } from "./chats.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { goTo, handleInternal, readPlace } from "./links.js";
import { handleCompose } from "./message_menu.js";
import { Pane } from "./pane.js";
import { botChat, channels, connect, markRead, retryNow, state, subscribe, totalUnread, whenVisible } from "./store.js";

const app = document.getElementById("app");
const banner = document.getElementById("banner");
const wide = matchMedia("(min-width: 1201px)");
const panes = { bot: new Pane("bot"), channel: new Pane("channel") };
const list = new ChatList({ onLanguage: relabel });
app.append(list.el, panes.bot.el, panes.channel.el);

const paneOf = (chatId) => (chatId === botChat()?.id ? panes.bot : panes.channel);

function openIds() {
  return new Set(Object.values(panes).filter((pane) => pane.shown && pane.chatId !== null).map((pane) => pane.chatId));
}

/** Follow the address: which chat is open, and which of its messages is meant. */
function route() {
  if (!state.ready) return;
  const { chatId, messageId } = readPlace();
  const known = state.chats.has(chatId) ? chatId : null;
  const bot = botChat()?.id ?? null;
  if (known === null) app.dataset.view = "list";
  else app.dataset.view = known === bot ? "bot" : "channel";
  panes.bot.open(bot);
  if (known !== null && known !== bot) panes.channel.open(known);
  else if (panes.channel.chatId === null || !state.chats.has(panes.channel.chatId)) panes.channel.open(wide.matches ? channels()[0]?.id ?? null : null);
  else panes.channel.render();
  for (const pane of Object.values(panes)) if (pane.stuck) pane.scrollDown();
  if (known !== null && messageId) paneOf(known).highlight(messageId);
  else if (known !== null && matchMedia("(hover: hover)").matches) paneOf(known).composer.input.focus({ preventScroll: true });
  list.render(openIds());
  showTitle();
}

function showTitle() {
  const unread = totalUnread();
  document.title = unread ? `(${unread}) NEXUS` : "NEXUS";
}

function showBanner() {
  const down = state.downFor > 0;
  if (down === !banner.hidden) return;
  banner.hidden = !down;
  if (down) banner.replaceChildren(h("span", {}, t("offline")), h("button", { type: "button", class: "text-button", onclick: retryNow }, t("retry")));
}

function relabel() {
  list.renderHead();
  list.render(openIds());
  banner.hidden = true;
  showBanner();
  for (const pane of Object.values(panes)) pane.redraw();
}

let routed = false;
subscribe((topics) => {
  if (topics.has("connection")) showBanner();
  if (state.ready && !routed) {
    routed = true;
    route();
    return;
  }
  if (topics.has("chats") || topics.has("connection")) {
    if (state.ready && panes.bot.chatId !== (botChat()?.id ?? null)) route();
    for (const pane of Object.values(panes)) pane.renderHeader();
    list.render(openIds());
    showTitle();
  }
  for (const pane of Object.values(panes)) if (topics.has(pane.chatId) || topics.has("commands")) pane.render();
});

whenVisible((chatId) => document.visibilityState === "visible" && Object.values(panes).some((pane) => pane.chatId === chatId && pane.shown));

handleCompose({
  reply: (chat, message) => paneOf(chat.id).composer.reply(message),
  edit: (chat, message) => paneOf(chat.id).composer.edit(message),
});

handleInternal(({ chatId, messageId, start }) => {
  goTo(chatId, messageId);
  if (start) attempt(sendText(chatId, `/start ${start}`));
});

window.addEventListener("hashchange", route);
wide.addEventListener("change", route);
window.addEventListener("resize", () => list.render(openIds()));
document.addEventListener("visibilitychange", () => {
  for (const id of document.visibilityState === "visible" ? openIds() : []) markRead(id);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], .menu") || wide.matches) return;
  if (app.dataset.view !== "list" && !(event.target instanceof HTMLTextAreaElement && event.target.value)) goTo(null);
});
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault()); // a file dropped beside the pane must not replace the page

showBanner();
list.render(new Set());
panes.bot.open(null);
panes.channel.open(null);
connect();
