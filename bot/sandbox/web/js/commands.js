// Which bot commands fit what is being typed? The list above the composer.
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { state } from "./store.js";

export class CommandList {
  constructor(onPick, suffix) {
    this.onPick = onPick;
    this.at = 0;
    this.matches = [];
    this.el = h("div", { class: "command-list", role: "listbox", testid: `command-list${suffix}`, hidden: true });
  }

  get open() {
    return !this.el.hidden;
  }

  /** Show the commands that begin with the typed text; anything but one word after a slash closes the list. */
  filter(text) {
    const typed = /^\/([a-z0-9_]*)$/i.exec(text)?.[1]?.toLowerCase();
    this.show(typed === undefined ? [] : state.commands.filter((item) => item.command.startsWith(typed)));
  }

  toggleAll() {
    this.show(this.open ? [] : state.commands);
  }

  show(matches) {
    this.matches = matches;
    this.at = 0;
    this.el.hidden = matches.length === 0;
    this.draw();
  }

  close() {
    this.show([]);
  }

  draw() {
    this.el.setAttribute("aria-label", t("commands"));
    this.el.replaceChildren(...this.matches.map((item, index) => h("button", {
      type: "button", role: "option", class: "command", tabindex: "-1", "aria-selected": String(index === this.at), testid: `command-${item.command}`,
      onpointerdown: (event) => event.preventDefault(), // keeps the focus, and the phone's keyboard, in the composer
      onclick: () => this.pick(index),
    }, h("b", {}, `/${item.command}`), h("span", {}, item.description))));
    this.el.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  pick(index = this.at) {
    const item = this.matches[index];
    this.close();
    if (item) this.onPick(`/${item.command}`);
  }

  /** Take a key press while open; answers whether it was used. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.matches.length) % this.matches.length;
      this.draw();
    } else if (event.key === "Enter" || event.key === "Tab") this.pick();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
