// What can the page do for the owner that is not bound to one widget? Copying, sending, showing failures.
import { api } from "./api.js";
import { t } from "./i18n.js";
import { upsert } from "./store.js";
import { toast } from "./overlays.js";

/** Keys of spoilers and quotes that the owner opened; they stay open when a bubble is drawn again. */
export const revealed = new Set();

export function fail(error) {
  toast(t("failed") + (error?.message ?? error), { kind: "error" });
}

export async function copyText(text, message = t("copied")) {
  try {
    await navigator.clipboard.writeText(text);
    toast(message);
  } catch {
    toast(t("copy_failed"), { kind: "error" });
  }
}

/** Run a request; a failure becomes a toast and `null`. */
export async function attempt(request) {
  try {
    return await request;
  } catch (error) {
    fail(error);
    return null;
  }
}

let sending = Promise.resolve();

/** Send one after another, so that two quick messages never change places. */
export function sendInOrder(chatId, request) {
  const run = sending.then(request).then((answer) => {
    const messages = answer?.messages ?? (answer?.message ? [answer.message] : []);
    if (messages.length) upsert(chatId, messages);
    return answer ?? {};
  });
  sending = run.catch(() => undefined);
  return run;
}

export const sendText = (chatId, text, replyTo) => sendInOrder(chatId, () => api.sendText(chatId, text, replyTo));
