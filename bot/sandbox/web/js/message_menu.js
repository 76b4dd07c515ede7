// What can the owner do with one message? The menu of a right click, a long press or the button beside the bubble.
import { api } from "./api.js";
import { attempt, copyText } from "./actions.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { postLink } from "./links.js";
import { ask, closeMenu, pickChat, showMenu } from "./overlays.js";

const QUICK_REACTIONS = ["👍", "❤", "🔥", "🎉", "😁", "🤔", "👎"];

let onReply = () => undefined;
let onEdit = () => undefined;

/** The composers take over replying and editing; they are told the chat and the message. */
export function handleCompose({ reply, edit }) {
  onReply = reply;
  onEdit = edit;
}

async function forward(chat, block) {
  const target = await pickChat(t("forward_to"));
  if (target !== null) await attempt(api.forward(target, chat.id, block.map((message) => message.message_id)));
}

async function remove(chat, block) {
  if (!(await ask(t("delete_ask"), t("delete")))) return;
  for (const message of block) await attempt(api.remove(chat.id, message.message_id));
}

function reactionBar(chat, message) {
  return h("div", { class: "menu-reactions", role: "group", "aria-label": t("react") }, QUICK_REACTIONS.map((emoji) =>
    h("button", { type: "button", role: "menuitem", "aria-label": `${t("react")} ${emoji}`, onclick: () => {
      closeMenu();
      attempt(api.react(chat.id, message.message_id, emoji));
    } }, emoji)));
}

export function openMessageMenu(chat, block, x, y, returnFocus) {
  const [message] = block;
  const words = block.find((item) => item.text ?? item.caption);
  const text = words?.text ?? words?.caption;
  const items = [{ label: t("reply"), icon: "reply", run: () => onReply(chat, message) }];
  if (message.out && words && !message.forward_origin) items.push({ label: t("edit"), icon: "edit", run: () => onEdit(chat, words) });
  if (text) items.push({ label: t("copy"), icon: "copy", run: () => copyText(text) });
  if (chat.type === "channel") items.push({ label: t("copy_link"), icon: "link", run: () => copyText(postLink(chat, message.message_id)) });
  items.push({ label: t("forward"), icon: "forward", run: () => forward(chat, block) });
  items.push({ label: t("delete"), icon: "trash", danger: true, run: () => remove(chat, block) });
  showMenu(x, y, items, { head: reactionBar(chat, message), returnFocus });
}
