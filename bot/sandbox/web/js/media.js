// How are photos, videos, files, voices and albums drawn?
import { fileUrl } from "./api.js";
import { revealed } from "./actions.js";
import { h, icon } from "./dom.js";
import { duration, fileSize, mediaKind } from "./format.js";
import { t } from "./i18n.js";
import { viewPhoto } from "./overlays.js";

const MAX_SIDE = 420; // CSS pixels, the width of Telegram's media bubbles on a desktop
const ALBUM_ROWS = { 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4] };
const VISUAL = new Set(["photo", "video", "animation"]);

export const isVisual = (message) => VISUAL.has(mediaKind(message));

function sized(width, height) {
  const ratio = Math.min(2.4, Math.max(0.55, width && height ? width / height : 4 / 3));
  const wide = ratio >= 1 ? MAX_SIDE : Math.max(200, Math.round(MAX_SIDE * ratio));
  return { width: Math.max(180, Math.min(wide, Math.max(width || wide, 260))), ratio };
}

/** Width in CSS pixels that the bubble of this message takes, so that the caption wraps under the picture. */
export function mediaWidth(messages) {
  if (messages.length > 1) return MAX_SIDE;
  const message = messages[0];
  const item = message.photo?.at(-1) ?? message.video ?? message.animation;
  return item ? sized(item.width, item.height).width : null;
}

function covered(el, message, chatId) {
  const key = `${chatId}:${message.message_id}:media`;
  if (!message.has_media_spoiler || revealed.has(key)) return el;
  el.classList.add("veiled");
  const veil = h("button", { type: "button", class: "veil", "aria-label": t("show_spoiler"), onclick: (event) => {
    event.stopPropagation();
    revealed.add(key);
    el.classList.remove("veiled");
    veil.remove();
  } }, icon("eye", 26));
  el.append(veil);
  return el;
}

function photo(message) {
  const best = message.photo.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
  const src = fileUrl(best.file_unique_id);
  const caption = message.caption ?? "";
  const img = h("img", { src, alt: caption.slice(0, 200) || t("photo"), draggable: "false", onerror: () => img.classList.add("broken") });
  return h("button", { type: "button", class: "visual", "aria-label": t("open_photo"), onclick: () => viewPhoto(src, caption) }, img);
}

function video(message, kind) {
  const item = message[kind];
  const loop = kind === "animation";
  const poster = item.thumbnail ? fileUrl(item.thumbnail.file_unique_id) : null;
  const el = h("video", { src: fileUrl(item.file_unique_id), poster, controls: !loop, preload: "metadata", playsinline: true, loop, autoplay: loop && !matchMedia("(prefers-reduced-motion: reduce)").matches, "aria-label": t(kind) });
  el.muted = loop;
  return h("span", { class: "visual" }, el, h("span", { class: "media-badge" }, loop ? "GIF" : duration(item.duration)));
}

function visual(message, chatId, { fill = false } = {}) {
  const kind = mediaKind(message);
  const el = kind === "photo" ? photo(message) : video(message, kind);
  if (!fill) {
    const item = kind === "photo" ? message.photo.at(-1) : message[kind];
    el.style.aspectRatio = String(sized(item.width, item.height).ratio);
  }
  return covered(el, message, chatId);
}

function documentRow(item, name, note) {
  const extension = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? "";
  return h("a", { class: "file", href: fileUrl(item.file_unique_id), download: name, title: `${t("download")}: ${name}` },
    h("span", { class: "file-icon", "aria-hidden": "true" }, extension ? h("span", {}, extension.toUpperCase()) : icon("file", 22)),
    h("span", { class: "file-text" }, h("span", { class: "file-name" }, name), h("span", { class: "file-note" }, note)));
}

/** Bars that look like a recording, the same for the same file: the Bot API gives no waveform. */
function waveform(seed) {
  let state = [...seed].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) >>> 0, 7);
  return Array.from({ length: 32 }, () => {
    state = (state * 1664525 + 1013904223) >>> 0;
    const bar = h("i", {});
    bar.style.height = `${20 + (state >>> 24) * 0.31}%`;
    return bar;
  });
}

function voice(item) {
  const audio = new Audio();
  audio.preload = item.duration ? "none" : "metadata"; // a recording of the browser comes without its length
  audio.src = fileUrl(item.file_unique_id);
  const bars = waveform(item.file_unique_id ?? "voice");
  const time = h("span", { class: "voice-time" }, duration(item.duration));
  const button = h("button", { type: "button", class: "voice-play", "aria-label": t("play") }, icon("play", 22));
  const draw = () => {
    const playing = !audio.paused && !audio.ended;
    button.replaceChildren(icon(playing ? "pause" : "play", 22));
    button.setAttribute("aria-label", playing ? t("pause") : t("play"));
  };
  const progress = () => {
    const known = Number.isFinite(audio.duration) ? audio.duration : 0;
    const total = item.duration || known || 1;
    bars.forEach((bar, at) => bar.classList.toggle("heard", at / bars.length < audio.currentTime / total));
    time.textContent = duration(audio.paused && !audio.currentTime ? item.duration || known : audio.currentTime);
  };
  button.addEventListener("click", () => (audio.paused ? audio.play().catch(draw) : audio.pause()));
  for (const name of ["play", "pause", "ended", "error"]) audio.addEventListener(name, draw);
  for (const name of ["timeupdate", "loadedmetadata"]) audio.addEventListener(name, progress);
  return h("span", { class: "voice" }, button, h("span", { class: "voice-body" }, h("span", { class: "voice-bars", "aria-hidden": "true" }, bars), time));
}

function audioRow(item) {
  const name = [item.performer, item.title].filter(Boolean).join(" · ") || item.file_name || t("audio");
  return h("span", { class: "audio" }, documentRow(item, name, `${duration(item.duration)} ${fileSize(item.file_size)}`),
    h("audio", { controls: true, preload: "none", src: fileUrl(item.file_unique_id), "aria-label": name }));
}

function single(message, chatId) {
  const kind = mediaKind(message);
  switch (kind) {
    case "photo":
    case "video":
    case "animation": return visual(message, chatId);
    case "voice": return voice(message.voice);
    case "audio": return audioRow(message.audio);
    case "video_note": return h("video", { class: "round", src: fileUrl(message.video_note.file_unique_id), controls: true, preload: "metadata", "aria-label": t("video_note") });
    case "sticker": return h("img", { class: "sticker", src: fileUrl(message.sticker.file_unique_id), alt: message.sticker.emoji || t("sticker") });
    case "document": return documentRow(message.document, message.document.file_name || t("document"), fileSize(message.document.file_size));
    default: return null;
  }
}

function albumGrid(messages, chatId) {
  const rows = ALBUM_ROWS[Math.min(10, messages.length)] ?? [1];
  let at = 0;
  return h("div", { class: "album" }, rows.map((count) => {
    const part = messages.slice(at, at + count);
    at += count;
    const row = h("div", { class: "album-row" }, part.map((message) =>
      h("div", { class: "album-item", testid: message === messages[0] ? null : `msg-${chatId}-${message.message_id}` }, visual(message, chatId, { fill: true }))));
    row.style.aspectRatio = String(count === 1 ? 1.6 : count * (count === 2 ? 0.8 : 1));
    return row;
  }));
}

/** The media of one message or of an album; null when there is none. `captionFor` draws the caption of a file in an album. */
export function renderMedia(messages, chatId, captionFor) {
  if (messages.length === 1) return single(messages[0], chatId);
  if (messages.every(isVisual)) return albumGrid(messages, chatId);
  return h("div", { class: "file-album" }, messages.map((message, at) =>
    h("div", { testid: at ? `msg-${chatId}-${message.message_id}` : null }, single(message, chatId), at < messages.length - 1 ? captionFor(message) : null)));
}
