// How does the owner write? Text, files, replies, edits, commands, the bot's reply keyboard.
import { api } from "./api.js";
import { attempt, fail, sendInOrder, sendText } from "./actions.js";
import { Attachments } from "./attachments.js";
import { CommandList } from "./commands.js";
import { append, h, icon, iconButton } from "./dom.js";
import { summary, userName } from "./format.js";
import { t } from "./i18n.js";
import { replyKeyboard, replyKeyboardPanel } from "./keyboard.js";
import { toast } from "./overlays.js";
import { canRecord, startRecording } from "./recorder.js";
import { history, state } from "./store.js";

const TELEGRAM_LIMIT = 4096; // UTF-16 units in one message
const unsent = new Map(); // chat id → text that was typed but not sent

export class Composer {
  constructor(kind) {
    this.kind = kind;
    this.chatId = null;
    this.mode = null; // { type: "reply" | "edit", message }
    this.kept = ""; // what was typed before an edit took the field
    this.stopRecording = null;
    this.keyboardHidden = null; // id of the message whose one-time keyboard was used or folded
    const suffix = kind === "bot" ? "" : `-${kind}`;
    this.input = h("textarea", { class: "composer-input", rows: "1", testid: `composer${suffix}`, autocomplete: "off", dir: "auto", oninput: () => this.onInput(), onkeydown: (event) => this.onKey(event), onpaste: (event) => this.onPaste(event) });
    this.fileInput = h("input", { type: "file", multiple: true, class: "visually-hidden", tabindex: "-1", testid: `attach${suffix}`, onchange: () => this.onPick() });
    this.attachButton = iconButton("attach", t("attach"), () => this.fileInput.click(), { class: "composer-attach" });
    this.menuButton = iconButton("slash", t("commands"), () => this.commands.toggleAll(), { class: "composer-menu", testid: `commands${suffix}`, hidden: true });
    this.keyboardButton = iconButton("keyboard", t("keyboard"), () => this.toggleKeyboard(), { hidden: true });
    this.sendButton = iconButton("send", t("send"), () => this.submit(), { class: "composer-send", testid: `send${suffix}` });
    this.bar = h("div", { class: "compose-bar", hidden: true });
    this.note = h("p", { class: "compose-note", hidden: true });
    this.panel = h("div", { class: "reply-panel", hidden: true });
    this.attachments = new Attachments(() => this.refresh(), suffix);
    this.commands = new CommandList((command) => this.sendNow(command), suffix);
    this.el = h("footer", { class: "composer" }, this.commands.el, this.bar, this.attachments.el, this.note,
      h("div", { class: "composer-line" }, this.menuButton, this.attachButton, this.fileInput, this.input, this.keyboardButton, this.sendButton), this.panel);
    this.refresh();
  }

  open(chatId) {
    if (this.chatId !== null) unsent.set(this.chatId, this.mode?.type === "edit" ? this.kept : this.input.value);
    this.chatId = chatId;
    this.leaveMode();
    this.input.value = unsent.get(chatId) ?? "";
    this.grow();
    this.refresh();
  }

  render(chat) {
    this.el.hidden = !chat;
    if (!chat) return;
    this.menuButton.hidden = this.kind !== "bot" || state.commands.length === 0;
    const markup = replyKeyboard(history(chat.id).list);
    this.input.placeholder = markup?.placeholder || (chat.type === "channel" ? t("broadcast") : t("message"));
    this.input.setAttribute("aria-label", chat.type === "channel" ? t("broadcast") : t("message"));
    this.renderKeyboard(markup);
    if (this.mode && !history(chat.id).list.some((m) => m.message_id === this.mode.message.message_id)) this.cancelMode();
  }

  renderKeyboard(markup) {
    if (markup?.force && this.forced !== markup.force.message_id) {
      this.forced = markup.force.message_id;
      this.reply(markup.force);
    }
    const keyboard = markup?.keyboard ? markup : null;
    const folded = keyboard && this.keyboardHidden === keyboard.messageId;
    this.keyboard = keyboard;
    this.keyboardButton.hidden = !keyboard;
    this.panel.hidden = !keyboard || folded;
    const mark = keyboard ? JSON.stringify(keyboard.keyboard) : "";
    if (mark === this.keyboardMark) return;
    this.keyboardMark = mark;
    this.panel.replaceChildren(...(keyboard ? [replyKeyboardPanel(keyboard, (text) => {
      if (this.keyboard?.one_time_keyboard) this.keyboardHidden = this.keyboard.messageId;
      this.sendNow(text);
    })] : []));
  }

  toggleKeyboard() {
    if (!this.keyboard) return;
    this.keyboardHidden = this.panel.hidden ? null : this.keyboard.messageId;
    this.panel.hidden = !this.panel.hidden;
  }

  relabel() {
    for (const [button, key] of [[this.attachButton, "attach"], [this.menuButton, "commands"], [this.keyboardButton, "keyboard"]]) {
      button.title = t(key);
      button.setAttribute("aria-label", t(key));
    }
    this.attachments.relabel();
    this.refresh();
  }

  attach(files) {
    if (files.length) this.attachments.add(files);
    this.input.focus();
  }

  reply(message) {
    this.setMode("reply", message, `${t("reply_to")} ${message.out ? userName(state.owner) : userName(message.from ?? message.sender_chat)}`);
  }

  edit(message) {
    const typed = this.mode?.type === "edit" ? this.kept : this.input.value;
    this.setMode("edit", message, t("editing"));
    this.kept = typed;
    this.input.value = message.text ?? message.caption ?? "";
    this.onInput();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  setMode(type, message, title) {
    if (this.mode?.type === "edit") this.input.value = this.kept;
    this.mode = { type, message };
    this.bar.hidden = false;
    this.bar.replaceChildren(icon(type, 22), h("div", { class: "compose-bar-text" }, h("span", { class: "quote-name" }, title), h("span", { class: "quote-text" }, summary(message))),
      iconButton("close", t("cancel"), () => this.cancelMode()));
    this.refresh();
    this.input.focus();
  }

  cancelMode() {
    const editing = this.mode?.type === "edit";
    this.leaveMode();
    if (editing) this.input.value = this.kept;
    this.onInput();
    this.input.focus();
  }

  leaveMode() {
    this.mode = null;
    this.bar.hidden = true;
    this.bar.replaceChildren();
    this.refresh();
  }

  onInput() {
    this.grow();
    if (this.kind === "bot") this.commands.filter(this.input.value);
    this.refresh();
  }

  onKey(event) {
    if (event.isComposing || this.commands.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.mode) {
      event.preventDefault();
      this.cancelMode();
    } else if (event.key === "ArrowUp" && !this.input.value && !this.mode) {
      const last = history(this.chatId).list.filter((message) => message.out && message.text).at(-1);
      if (!last) return;
      event.preventDefault();
      this.edit(last);
    }
  }

  onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  onPick() {
    this.attach([...this.fileInput.files]);
    this.fileInput.value = "";
  }

  grow() {
    this.input.style.height = "auto";
    // A pane that is not shown measures nothing; one row is right there, the text grows when it is opened.
    if (this.input.scrollHeight) this.input.style.height = `${Math.min(this.input.scrollHeight, 220)}px`;
  }

  get hasContent() {
    return Boolean(this.input.value.trim() || this.attachments.items.length);
  }

  refresh() {
    const listening = Boolean(this.stopRecording);
    const record = this.kind === "bot" && canRecord() && !this.hasContent && !this.mode;
    const name = listening ? "stop" : this.mode?.type === "edit" ? "check" : record ? "mic" : "send";
    const label = t(listening ? "stop_record" : this.mode?.type === "edit" ? "save" : record ? "record" : "send");
    this.sendButton.replaceChildren(icon(name));
    this.sendButton.title = label;
    this.sendButton.setAttribute("aria-label", label);
    this.sendButton.classList.toggle("ready", this.hasContent || listening);
    this.sendButton.classList.toggle("listening", listening);
    this.note.hidden = this.input.value.length <= TELEGRAM_LIMIT;
    if (!this.note.hidden) append((this.note.replaceChildren(), this.note), [`${t("too_long")} (${this.input.value.length})`]);
  }

  async submit() {
    const text = this.input.value;
    if (this.stopRecording) return this.finishRecording();
    if (!this.hasContent) return this.kind === "bot" && canRecord() && !this.mode ? this.record() : undefined;
    if (this.mode?.type === "edit") return this.saveEdit(text.trim());
    const { chatId } = this;
    const replyTo = this.mode?.message.message_id;
    const sending = this.attachments.items.length ? this.attachments.take() : null;
    this.clearInput();
    try {
      if (sending) await sendInOrder(chatId, () => api.sendFiles(chatId, sending.files, { caption: text.trim(), replyTo, ...sending }));
      else await sendText(chatId, text, replyTo);
    } catch (error) {
      fail(error);
      this.giveBack(chatId, text, sending);
    }
    return undefined;
  }

  /** What could not be sent returns to where it was typed, unless something new stands there already. */
  giveBack(chatId, text, sending) {
    if (this.chatId !== chatId) unsent.set(chatId, text);
    else if (!this.hasContent) {
      this.input.value = text;
      if (sending) this.attachments.add(sending.files);
      this.onInput();
    }
  }

  async saveEdit(text) {
    const { message } = this.mode;
    if (text === (message.text ?? message.caption)) this.cancelMode();
    else if (await attempt(api.edit(this.chatId, message.message_id, text))) this.cancelMode();
  }

  sendNow(text) {
    if (this.input.value.startsWith("/")) this.clearInput();
    attempt(sendText(this.chatId, text));
    this.input.focus();
  }

  clearInput() {
    this.input.value = "";
    this.commands.close();
    this.leaveMode();
    this.grow();
  }

  async record() {
    try {
      this.stopRecording = await startRecording();
    } catch {
      toast(t("no_mic"), { kind: "error" });
    }
    this.refresh();
  }

  async finishRecording() {
    const { chatId } = this;
    const file = await this.stopRecording();
    this.stopRecording = null;
    this.refresh();
    await attempt(sendInOrder(chatId, () => api.sendFiles(chatId, [file], { asVoice: true })));
  }
}
