// Which files wait to be sent, and how? The tray above the composer.
import { h, icon, iconButton } from "./dom.js";
import { fileSize } from "./format.js";
import { t } from "./i18n.js";

export class Attachments {
  constructor(onChange, suffix) {
    this.items = [];
    this.onChange = onChange;
    this.list = h("div", { class: "tray-list" });
    this.asDocument = h("input", { type: "checkbox", testid: `as-document${suffix}` });
    this.asVoice = h("input", { type: "checkbox", testid: `as-voice${suffix}` });
    this.documentRow = h("label", { class: "tray-option" }, this.asDocument, t("as_document"));
    this.voiceRow = h("label", { class: "tray-option" }, this.asVoice, t("as_voice"));
    this.el = h("div", { class: "tray", testid: `tray${suffix}`, hidden: true }, this.list, h("div", { class: "tray-options" }, this.documentRow, this.voiceRow));
  }

  get files() {
    return this.items.map((item) => item.file);
  }

  add(files) {
    for (const file of files) {
      const picture = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
      this.items.push({ file, picture });
    }
    this.draw();
  }

  remove(item) {
    if (item.picture) URL.revokeObjectURL(item.picture);
    this.items = this.items.filter((other) => other !== item);
    this.draw();
  }

  clear() {
    for (const item of this.items) if (item.picture) URL.revokeObjectURL(item.picture);
    this.items = [];
    this.asDocument.checked = false;
    this.asVoice.checked = false;
    this.draw();
  }

  /** The files and options of this sending; the tray is empty afterwards. */
  take() {
    const visual = this.files.some((file) => /^(image|video)\//.test(file.type));
    const sounds = this.files.length === 1 && this.files[0].type.startsWith("audio/");
    const taken = { files: this.files, asDocument: visual && this.asDocument.checked, asVoice: sounds && this.asVoice.checked };
    this.clear();
    return taken;
  }

  relabel() {
    this.documentRow.lastChild.textContent = t("as_document");
    this.voiceRow.lastChild.textContent = t("as_voice");
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.items.map((item) => h("div", { class: "tray-item" },
      item.picture ? h("img", { src: item.picture, alt: "" }) : h("span", { class: "tray-file" }, icon("file", 26)),
      h("span", { class: "tray-name", title: item.file.name }, item.file.name || t("document")),
      h("span", { class: "tray-size" }, fileSize(item.file.size)),
      iconButton("close", `${t("remove_file")}: ${item.file.name}`, () => this.remove(item), { class: "tray-remove" }))));
    this.el.hidden = this.items.length === 0;
    this.documentRow.hidden = !this.files.some((file) => /^(image|video)\//.test(file.type));
    this.voiceRow.hidden = !(this.files.length === 1 && this.files[0].type.startsWith("audio/"));
    this.onChange();
  }
}
