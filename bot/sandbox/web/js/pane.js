// How does one open chat behave? Header, scrolling, older history, drafts, files dropped on it, and its composer.
import { attempt, sendText } from "./actions.js";
import { Composer } from "./composer.js";
import { append, avatar, h, icon, iconButton } from "./dom.js";
import { plural, t } from "./i18n.js";
import { goTo } from "./links.js";
import { buildRows, draftRow, reconcile } from "./messages.js";
import { summary } from "./format.js";
import { toast } from "./overlays.js";
import { chatAction, draftsOf, findMessage, history, loadLatest, loadOlder, loadUntil, markRead, state } from "./store.js";

const NEAR_BOTTOM_PX = 120;
const LOAD_OLDER_PX = 400;
const HIGHLIGHT_MS = 2200;

export class Pane {
  /** `kind` is "bot" or "channel"; hooks for tests of the second pane carry a suffix, so the bot's stay unique. */
  constructor(kind) {
    this.kind = kind;
    this.chatId = null;
    this.cache = new Map();
    this.stuck = true;
    this.unreadFrom = null;
    this.missed = 0;
    this.inner = h("div", { class: "messages", role: "log", "aria-live": "polite" });
    this.empty = h("div", { class: "empty" });
    this.scroller = h("div", { class: "scroller", tabindex: "0", onscroll: () => this.onScroll() }, this.empty, this.inner);
    this.badge = h("span", { class: "badge", hidden: true });
    this.toBottom = iconButton("down", t("to_bottom"), () => this.scrollDown(true), { class: "to-bottom", testid: `to-bottom-${kind}` });
    this.toBottom.append(this.badge);
    this.composer = new Composer(kind);
    this.header = h("header", { class: "pane-header" });
    this.pinned = h("button", { type: "button", class: "pinned", hidden: true });
    this.drop = h("div", { class: "drop", hidden: true }, h("span", {}, icon("attach", 40), t("drop_here")));
    this.stage = h("div", { class: "stage" }, this.scroller, this.toBottom, this.drop);
    this.el = h("section", { class: `pane pane-${kind}`, testid: `pane-${kind}` }, this.header, this.pinned, this.stage, this.composer.el);
    new ResizeObserver(() => this.stuck && this.scrollDown()).observe(this.inner);
    new ResizeObserver(() => this.stuck && this.scrollDown()).observe(this.scroller);
    this.acceptDrops();
  }

  get chat() {
    return state.chats.get(this.chatId) ?? null;
  }

  get shown() {
    return this.el.getClientRects().length > 0;
  }

  open(chatId) {
    if (this.chatId !== chatId) {
      this.chatId = chatId;
      this.cache.clear();
      this.inner.replaceChildren();
      this.stuck = true;
      this.missed = 0;
      this.unreadFrom = null;
      this.unreadAtOpen = this.chat?.unread ?? 0;
      this.composer.open(chatId);
    }
    if (chatId !== null && !history(chatId).loaded) loadLatest(chatId);
    this.render();
  }

  render() {
    this.renderHeader();
    const { chat } = this;
    this.el.classList.toggle("no-chat", !chat);
    this.composer.render(chat);
    if (!chat) {
      this.inner.replaceChildren();
      this.cache.clear();
      this.showEmpty(null, null);
      return;
    }
    const past = history(chat.id);
    if (past.loaded && this.unreadAtOpen) {
      this.unreadFrom = past.list.filter((message) => !message.out).at(-this.unreadAtOpen)?.message_id ?? null;
      this.unreadAtOpen = 0;
    }
    const rows = [...buildRows(chat, past.list, { unreadFrom: this.unreadFrom }), ...draftsOf(chat.id).map((draft) => draftRow(chat, draft))];
    const before = this.measure(past);
    reconcile(this.inner, rows, this.cache);
    this.showEmpty(chat, past, rows.length);
    this.settle(before, past);
    if (this.shown && document.visibilityState === "visible") markRead(chat.id);
  }

  /** Draw everything again, in another language; the reader's place stays. */
  redraw() {
    const top = this.scroller.scrollTop;
    this.cache.clear();
    this.inner.replaceChildren();
    this.toBottom.title = t("to_bottom");
    this.toBottom.setAttribute("aria-label", t("to_bottom"));
    this.drop.firstChild.lastChild.textContent = t("drop_here");
    this.composer.relabel();
    this.render();
    if (!this.stuck) this.scroller.scrollTop = top;
  }

  measure(past) {
    return { height: this.scroller.scrollHeight, top: this.scroller.scrollTop, firstId: this.firstId, lastId: this.lastId, first: past.list[0]?.message_id, last: past.list.at(-1) };
  }

  /** Keep the reader's place: at the end when they were there, at the same message when older ones came in above. */
  settle(before, past) {
    this.firstId = before.first;
    this.lastId = before.last?.message_id;
    const fresh = before.lastId !== undefined && before.last && before.last.message_id > before.lastId;
    if (fresh && before.last.out) this.stuck = true;
    if (this.stuck) this.scrollDown();
    else if (before.firstId !== undefined && before.first < before.firstId) this.scroller.scrollTop = before.top + this.scroller.scrollHeight - before.height;
    if (fresh && !this.stuck) this.missed += past.list.filter((message) => message.message_id > before.lastId && !message.out).length;
    this.showBottomButton();
  }

  showEmpty(chat, past, count = 0) {
    this.empty.hidden = count > 0;
    if (count > 0) return;
    const hint = (name, text, ...extra) => this.empty.replaceChildren(h("div", { class: "empty-card" }, icon(name, 36), h("p", {}, text), ...extra));
    if (!chat) hint("channel", state.ready ? t("pick_channel") : t("loading"));
    else if (past.error) hint("plug", past.error);
    else if (!past.loaded) hint("chat", t("loading"));
    else if (this.kind === "bot") hint("chat", t("start_hint"), h("button", { type: "button", class: "start", testid: "start", onclick: () => attempt(sendText(chat.id, "/start")) }, t("start")));
    else hint("channel", chat.type === "channel" ? t("empty_channel") : t("empty_chat"));
  }

  renderHeader() {
    const { chat } = this;
    const action = chat && chatAction(chat.id);
    const mark = chat ? `${chat.id}|${chat.title}|${action}|${chat.member_count}|${document.documentElement.lang}|${chat.avatar_color}` : "none";
    this.renderPinned(chat);
    if (this.headerMark === mark) return;
    this.headerMark = mark;
    this.header.replaceChildren();
    if (!chat) return;
    this.el.setAttribute("aria-label", chat.title);
    append(this.header, [
      iconButton("back", t("back"), () => goTo(null), { class: "back", testid: `back-${this.kind}` }),
      avatar(this.kind === "bot" ? { ...chat, title: this.title(chat) } : chat),
      h("div", { class: "pane-title" }, h("h2", {}, this.title(chat)), this.subtitle(chat, action)),
    ]);
  }

  title(chat) {
    return this.kind === "bot" ? state.bot?.first_name || chat.title : chat.title;
  }

  subtitle(chat, action) {
    if (action) return h("p", { class: "status active", testid: "typing" }, t(action), h("span", { class: "dots", "aria-hidden": "true" }, h("i", {}), h("i", {}), h("i", {})));
    if (this.kind === "bot") return h("p", { class: "status" }, t("bot"));
    return h("p", { class: "status" }, Number.isFinite(chat.member_count) ? plural("subscribers", chat.member_count) : t("channel"));
  }

  renderPinned(chat) {
    const id = chat?.pinned?.at(-1);
    const text = id ? summary(findMessage(chat.id, id)) : "";
    const mark = id ? `${chat.id}:${id}:${text}:${document.documentElement.lang}` : "";
    if (this.pinnedMark === mark) return;
    this.pinnedMark = mark;
    this.pinned.hidden = !id;
    if (!id) return;
    this.pinned.replaceChildren(h("span", { class: "quote-name" }, t("pinned")), h("span", { class: "quote-text" }, text || `#${id}`));
    this.pinned.onclick = () => this.highlight(id);
  }

  async highlight(messageId) {
    const { chatId } = this;
    const found = await loadUntil(chatId, messageId);
    if (this.chatId !== chatId) return;
    if (!found) {
      toast(t("post_missing"));
      return;
    }
    this.stuck = false;
    this.render();
    const target = this.el.querySelector(`[data-testid="msg-${chatId}-${messageId}"]`)?.closest(".row");
    if (!target) return;
    // At once: a smooth scroll passes the end of the chat, where new messages would catch and hold it.
    target.scrollIntoView({ block: "center" });
    target.classList.remove("highlight");
    target.getBoundingClientRect(); // restarts the animation when the same post is opened twice
    target.classList.add("highlight");
    setTimeout(() => target.classList.remove("highlight"), HIGHLIGHT_MS);
  }

  get distance() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  onScroll() {
    if (!this.shown) return;
    this.stuck = this.distance < NEAR_BOTTOM_PX;
    if (this.stuck) this.missed = 0;
    this.showBottomButton();
    if (this.chatId !== null && this.scroller.scrollTop < LOAD_OLDER_PX) loadOlder(this.chatId);
  }

  scrollDown(smooth = false) {
    this.stuck = true;
    this.missed = 0;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !still ? "smooth" : "auto" });
    this.showBottomButton();
  }

  showBottomButton() {
    this.toBottom.classList.toggle("visible", !this.stuck && this.distance > NEAR_BOTTOM_PX);
    this.badge.hidden = this.missed === 0;
    this.badge.textContent = this.missed || "";
  }

  acceptDrops() {
    let depth = 0;
    const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
    const show = (on) => { this.drop.hidden = !on; };
    this.el.addEventListener("dragenter", (event) => {
      if (!carriesFiles(event)) return;
      depth += 1;
      show(Boolean(this.chat));
    });
    this.el.addEventListener("dragleave", (event) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (!depth) show(false);
    });
    this.el.addEventListener("dragover", (event) => carriesFiles(event) && event.preventDefault());
    this.el.addEventListener("drop", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      show(false);
      if (this.chat) this.composer.attach([...event.dataTransfer.files]);
    });
  }
}
