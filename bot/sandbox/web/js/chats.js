// What is in the list on the left? The bot first, the channels under it, and the page's own switches.
import { api } from "./api.js";
import { attempt } from "./actions.js";
import { avatar, h, iconButton } from "./dom.js";
import { listTime, summary } from "./format.js";
import { language, plural, setLanguage, t } from "./i18n.js";
import { goTo } from "./links.js";
import { askChannel } from "./overlays.js";
import { botChat, channels, chatAction, resync, state } from "./store.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : dark.matches;
}

export class ChatList {
  constructor({ onLanguage }) {
    this.onLanguage = onLanguage;
    this.list = h("nav", { class: "chat-list" });
    this.head = h("header", { class: "side-header" });
    this.el = h("aside", { class: "side" }, this.head, this.list);
    dark.addEventListener("change", () => this.renderHead());
    this.renderHead();
  }

  renderHead() {
    const night = isDark();
    this.list.setAttribute("aria-label", t("chats"));
    this.head.replaceChildren(
      h("h1", {}, t("chats")),
      h("button", { type: "button", class: "icon-button language", "aria-label": t("language"), title: t("language"), testid: "language", onclick: () => this.switchLanguage() }, language() === "ru" ? "EN" : "RU"),
      iconButton(night ? "sun" : "moon", night ? t("theme_light") : t("theme_dark"), () => this.switchTheme(), { testid: "theme" }),
      iconButton("plus", t("new_channel"), () => this.createChannel(), { testid: "add-channel" }),
    );
  }

  switchTheme() {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem("nexus.theme", next);
    } catch {
      // The choice lasts until the page is closed.
    }
    this.renderHead();
    this.head.querySelector("[data-testid=theme]").focus();
  }

  switchLanguage() {
    setLanguage(language() === "ru" ? "en" : "ru");
    this.onLanguage();
    this.head.querySelector("[data-testid=language]").focus();
  }

  async createChannel() {
    const wanted = await askChannel();
    if (!wanted) return;
    const answer = await attempt(api.createChannel(wanted.title, wanted.username));
    if (!answer) return;
    await resync();
    const id = answer.chat?.id ?? answer.id;
    if (state.chats.has(id)) goTo(id);
  }

  render(openIds) {
    const bot = botChat();
    const rest = channels().sort((a, b) => (b.last_message?.date ?? 0) - (a.last_message?.date ?? 0));
    const chats = bot ? [bot, ...rest] : rest;
    const focused = document.activeElement?.closest?.(".chat")?.dataset.testid;
    this.list.replaceChildren(...(chats.length ? chats.map((chat) => this.row(chat, chat === bot, openIds.has(chat.id))) : [h("p", { class: "side-empty" }, state.ready ? t("no_chats") : t("loading"))]));
    if (focused) this.list.querySelector(`[data-testid="${focused}"]`)?.focus({ preventScroll: true });
  }

  row(chat, isBot, open) {
    const title = isBot ? state.bot?.first_name || chat.title : chat.title;
    const action = chatAction(chat.id);
    const last = chat.last_message;
    const preview = action ? h("span", { class: "preview active" }, `${t(action)}…`)
      : h("span", { class: "preview" }, isBot && last?.out ? h("span", { class: "you" }, `${t("you")}: `) : null, last ? summary(last) : t("empty_chat"));
    return h("button", { type: "button", class: `chat ${open ? "open" : ""}`, testid: `chat-${chat.id}`, "aria-current": open ? "true" : null, onclick: () => goTo(chat.id) },
      avatar({ ...chat, title }),
      h("span", { class: "chat-body" },
        h("span", { class: "chat-line" }, h("span", { class: "chat-title" }, title), last?.date ? h("time", { class: "chat-time" }, listTime(last.date)) : null),
        h("span", { class: "chat-line" }, preview, chat.unread ? h("span", { class: "badge", "aria-label": plural("unread", chat.unread) }, chat.unread) : null)));
  }
}
