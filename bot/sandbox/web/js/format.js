// How are times, sizes, names and one-line summaries written for people?
import { locale, t } from "./i18n.js";

const dayNumber = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() / 86400000;

export function clock(unix) {
  return new Date(unix * 1000).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
}

export function fullDate(unix) {
  return new Date(unix * 1000).toLocaleString(locale(), { dateStyle: "long", timeStyle: "medium" });
}

export function dayKey(unix) {
  const date = new Date(unix * 1000);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

export function dayLabel(unix) {
  const date = new Date(unix * 1000);
  const distance = Math.round(dayNumber(new Date()) - dayNumber(date));
  if (distance === 0) return t("today");
  if (distance === 1) return t("yesterday");
  const sameYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleDateString(locale(), { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

/** Today as a time, this week as a weekday, older as a date: the width of the chat list allows no more. */
export function listTime(unix) {
  const date = new Date(unix * 1000);
  const distance = Math.round(dayNumber(new Date()) - dayNumber(date));
  if (distance <= 0) return clock(unix);
  if (distance < 7) return date.toLocaleDateString(locale(), { weekday: "short" });
  return date.toLocaleDateString(locale(), { day: "2-digit", month: "2-digit", year: "2-digit" });
}

export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = locale() === "ru-RU" ? ["Б", "КБ", "МБ", "ГБ"] : ["B", "KB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: unit ? 1 : 0 }).format(value)} ${units[unit]}`;
}

export function shortCount(count) {
  return new Intl.NumberFormat(locale(), { notation: count >= 10000 ? "compact" : "standard", maximumFractionDigits: 1 }).format(count);
}

export function userName(user) {
  return [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.title || user?.username || "";
}

const KINDS = ["photo", "video", "animation", "video_note", "voice", "audio", "sticker", "document"];

export function mediaKind(message) {
  return KINDS.find((kind) => (kind === "photo" ? message.photo?.length : message[kind])) ?? null;
}

/** What a message without content says about the chat; null for an ordinary message. */
export function serviceText(message) {
  if (message.pinned_message) return `${t("pinned_now")}: «${summary(message.pinned_message).slice(0, 60) || t("message")}»`;
  if (message.new_chat_title) return message.new_chat_title;
  if (message.channel_chat_created || message.group_chat_created) return t("channel_created");
  return null;
}

/** One line that stands for the message in the chat list, in a reply quote and in the page title. */
/** The words of a rich message or a part of it, in their order. */
export function richText(node) {
  if (node === undefined || node === null) return "";
  if (typeof node === "string") return node;
  if (Array.isArray(node)) return node.map(richText).join(" ");
  return [node.summary, node.caption, node.text, node.blocks, node.items, node.cells].map(richText).filter(Boolean).join(" ");
}

export function summary(message) {
  if (!message) return "";
  if (typeof message === "string") return message;
  const service = serviceText(message);
  if (service) return service;
  const text = (message.text ?? message.caption ?? richText(message.rich_message?.blocks)).replace(/\s+/g, " ").trim();
  const kind = mediaKind(message);
  if (!kind) return text || (message.text === undefined && message.message_id ? t("unsupported") : "");
  const label = kind === "document" && message.document.file_name ? message.document.file_name : t(kind);
  return text ? `${label}, ${text}` : label;
}

export function forwardSource(origin) {
  if (!origin) return null;
  return userName(origin.sender_user) || origin.chat?.title || origin.sender_chat?.title || origin.sender_user_name || null;
}
