// What lies above the chat? Toasts, alerts, questions, the photo viewer: native dialogs, so focus and Escape are right.
import { append, h, iconButton, icon, avatar } from "./dom.js";
import { t } from "./i18n.js";
import { botChat, state } from "./store.js";

const TOAST_MS = 4000;

export function toast(text, { kind = "" } = {}) {
  const host = document.getElementById("toasts");
  const el = h("div", { class: `toast ${kind}`, testid: "toast" }, text);
  host.append(el);
  while (host.children.length > 3) host.firstChild.remove();
  setTimeout(() => {
    el.classList.add("leaving");
    setTimeout(() => el.remove(), 250);
  }, Math.max(TOAST_MS, text.length * 60));
}

/** Show a modal dialog; resolves with the value it was closed with, null when it was dismissed. */
export function modal(build, { testid, label, className = "" } = {}) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: `dialog ${className}`, testid, "aria-label": label });
    let result = null;
    const close = (value = null) => {
      result = value;
      dialog.close();
    };
    append(dialog, [build(close)]);
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const action = (label, onclick, className = "") => h("button", { type: "button", class: `text-button ${className}`, onclick }, label);

export function alertBox(text) {
  const title = state.bot?.first_name || "NEXUS";
  return modal(
    (close) => h("div", { class: "dialog-body" }, h("h2", {}, title), h("p", { class: "dialog-text" }, text),
      h("div", { class: "dialog-actions" }, action(t("ok"), () => close(true)))),
    { testid: "alert", label: title },
  );
}

export function ask(text, confirmLabel) {
  return modal(
    (close) => h("div", { class: "dialog-body" }, h("p", { class: "dialog-text" }, text),
      h("div", { class: "dialog-actions" }, action(t("cancel"), () => close(false)), action(confirmLabel, () => close(true), "danger"))),
    { testid: "confirm", label: text },
  );
}

export function pickChat(title) {
  const row = (chat, close) => h("button", { type: "button", class: "pick-row", onclick: () => close(chat.id) }, avatar(chat, "small"), h("span", {}, chat.title));
  const chats = [...state.chats.values()].sort((a, b) => (b === botChat()) - (a === botChat()));
  return modal(
    (close) => h("div", { class: "dialog-body" }, h("h2", {}, title), h("div", { class: "pick-list" }, chats.map((chat) => row(chat, close))),
      h("div", { class: "dialog-actions" }, action(t("cancel"), () => close()))),
    { testid: "forward", label: title },
  );
}

export function askChannel() {
  const title = h("input", { class: "field", maxlength: "128", required: true, autocomplete: "off", placeholder: t("channel_title"), "aria-label": t("channel_title") });
  const username = h("input", { class: "field", maxlength: "32", pattern: "[A-Za-z][A-Za-z0-9_]{3,31}", autocomplete: "off", autocapitalize: "off", spellcheck: "false", placeholder: t("channel_username"), "aria-label": t("channel_username") });
  return modal(
    (close) => h("form", {
      class: "dialog-body",
      onsubmit: (event) => {
        event.preventDefault();
        if (title.value.trim()) close({ title: title.value.trim(), username: username.value.trim() });
      },
    }, h("h2", {}, t("new_channel")), title, username,
    h("div", { class: "dialog-actions" }, action(t("cancel"), () => close()), h("button", { type: "submit", class: "text-button strong" }, t("create")))),
    { testid: "new-channel", label: t("new_channel") },
  );
}

export function viewPhoto(src, caption) {
  return modal(
    (close) => [iconButton("close", t("close"), () => close(), { class: "viewer-close" }),
      h("img", { src, alt: caption || t("photo"), onclick: () => close() }),
      caption ? h("p", { class: "viewer-caption" }, caption) : null],
    { testid: "viewer", label: t("photo"), className: "viewer" },
  );
}

let openMenu = null;

export function closeMenu() {
  openMenu?.close();
}

/** A menu at a point; `items` are { label, icon, danger, run } and `head` is any element above them. */
export function showMenu(x, y, items, { head, returnFocus } = {}) {
  closeMenu();
  const el = h("div", { class: "menu", role: "menu", testid: "menu" }, head);
  const close = () => {
    if (openMenu?.el !== el) return;
    openMenu = null;
    el.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    if (returnFocus?.isConnected) returnFocus.focus({ preventScroll: true });
  };
  const outside = (event) => !el.contains(event.target) && close();
  for (const item of items) {
    const run = () => {
      close();
      item.run();
    };
    el.append(h("button", { type: "button", role: "menuitem", class: `menu-item ${item.danger ? "danger" : ""}`, onclick: run }, icon(item.icon, 20), item.label));
  }
  el.addEventListener("keydown", (event) => {
    const buttons = [...el.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) buttons[(at + step + buttons.length) % buttons.length].focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.body.append(el);
  const box = el.getBoundingClientRect();
  el.style.left = `${Math.max(8, Math.min(x, window.innerWidth - box.width - 8))}px`;
  el.style.top = `${Math.max(8, Math.min(y, window.innerHeight - box.height - 8))}px`;
  openMenu = { el, close };
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  el.querySelector(".menu-item")?.focus({ preventScroll: true });
  return close;
}
