// What does the page know right now? The only place that turns answers and socket events into state.
import { api, Socket } from "./api.js";

const TYPING_MS = 6000; // Telegram shows a chat action for about five seconds
const DRAFT_MS = 30000; // a streamed draft disappears by itself after half a minute
const PAGE = 50;

export const state = {
  owner: null,
  bot: null,
  chats: new Map(),
  commands: [],
  version: 0,
  online: false,
  ready: false,
  downFor: 0,
};

const histories = new Map(); // chat id → { list, loaded, hasMore, loading, error }
const typing = new Map(); // chat id → { action, timer }
const drafts = new Map(); // chat id → Map(draft id → { draft_id, text, entities, timer })
const readUpTo = new Map(); // chat id → the newest message the server was told about as read
const listeners = new Set();
const changed = new Set();
let buffered = null; // events that arrive while the state is being fetched again
let syncing = null;
let flushing = false;
let isVisible = () => false;

/** Ask to be called with the set of changed topics: "chats", "connection", "commands" or a chat's id. */
export function subscribe(listener) {
  listeners.add(listener);
}

export function changedNow(topic) {
  changed.add(topic);
  if (flushing) return;
  flushing = true;
  queueMicrotask(() => {
    flushing = false;
    const topics = new Set(changed);
    changed.clear();
    for (const listener of listeners) listener(topics);
  });
}

export function whenVisible(test) {
  isVisible = test;
}

export function history(chatId) {
  if (!histories.has(chatId)) histories.set(chatId, { list: [], loaded: false, hasMore: true, loading: false, error: null });
  return histories.get(chatId);
}

export const chatAction = (chatId) => typing.get(chatId)?.action ?? null;
export const draftsOf = (chatId) => [...(drafts.get(chatId)?.values() ?? [])];
export const findMessage = (chatId, id) => history(chatId).list.find((message) => message.message_id === id) ?? null;
export const botChat = () => [...state.chats.values()].find((chat) => chat.type === "private") ?? null;
export const channels = () => [...state.chats.values()].filter((chat) => chat !== botChat());
export const totalUnread = () => [...state.chats.values()].reduce((sum, chat) => sum + (chat.unread || 0), 0);

export function chatByUsername(username) {
  const wanted = username.toLowerCase();
  return [...state.chats.values()].find((chat) => chat.username?.toLowerCase() === wanted) ?? null;
}

/** Put messages into a chat's history by id; what is known already is replaced. */
export function upsert(chatId, messages) {
  const chat = history(chatId);
  const byId = new Map(chat.list.map((message) => [message.message_id, message]));
  for (const message of messages) byId.set(message.message_id, message);
  chat.list = [...byId.values()].sort((a, b) => a.message_id - b.message_id);
  changedNow(chatId);
}

export function markRead(chatId) {
  const chat = state.chats.get(chatId);
  const newest = history(chatId).list.at(-1)?.message_id ?? 0;
  if (!chat || (!chat.unread && newest <= (readUpTo.get(chatId) ?? 0))) return;
  readUpTo.set(chatId, newest);
  if (chat.unread) changedNow("chats");
  chat.unread = 0;
  api.read(chatId).catch((error) => console.info(`sandbox: reading was not noted (${error.message})`));
}

export async function loadLatest(chatId) {
  const chat = history(chatId);
  if (chat.loading) return;
  chat.loading = true;
  changedNow(chatId);
  try {
    const { messages } = await api.messages(chatId, null, PAGE);
    // What came by the socket after the server had looked is newer than the answer and stays.
    const newest = messages.at(-1)?.message_id ?? 0;
    chat.list = [...messages, ...chat.list.filter((message) => message.message_id > newest)];
    chat.hasMore = messages.length >= PAGE;
    chat.loaded = true;
    chat.error = null;
  } catch (error) {
    chat.error = error.message;
  } finally {
    chat.loading = false;
    changedNow(chatId);
  }
}

export async function loadOlder(chatId) {
  const chat = history(chatId);
  if (!chat.loaded || !chat.hasMore || chat.loading) return;
  chat.loading = true;
  changedNow(chatId);
  try {
    const { messages } = await api.messages(chatId, chat.list[0]?.message_id, PAGE);
    chat.hasMore = messages.length >= PAGE;
    chat.error = null;
    upsert(chatId, messages);
  } catch (error) {
    chat.error = error.message;
  } finally {
    chat.loading = false;
    changedNow(chatId);
  }
}

/** Load back until the message is there (at most 40 pages); answers whether it was found. */
export async function loadUntil(chatId, messageId) {
  if (!history(chatId).loaded) await loadLatest(chatId);
  for (let page = 0; page < 40; page += 1) {
    if (findMessage(chatId, messageId)) return true;
    const chat = history(chatId);
    if (!chat.hasMore || (chat.list[0]?.message_id ?? 0) < messageId || chat.error) return false;
    await loadOlder(chatId);
  }
  return false;
}

function clearTyping(chatId) {
  clearTimeout(typing.get(chatId)?.timer);
  if (typing.delete(chatId)) changedNow("chats");
}

function clearDrafts(chatId) {
  for (const draft of drafts.get(chatId)?.values() ?? []) clearTimeout(draft.timer);
  drafts.delete(chatId);
}

function dropDraft(chatId, draftId) {
  const all = drafts.get(chatId);
  clearTimeout(all?.get(draftId)?.timer);
  all?.delete(draftId);
  changedNow(chatId);
}

const appliers = {
  message({ chat_id: chatId, message }) {
    const chat = state.chats.get(chatId);
    if (!chat) return resync();
    const known = findMessage(chatId, message.message_id);
    if (history(chatId).loaded || history(chatId).loading) upsert(chatId, [message]);
    chat.last_message = message;
    const pinned = message.pinned_message?.message_id;
    if (pinned && !known) chat.pinned = [...new Set([...(chat.pinned ?? []), pinned])];
    if (!message.out) {
      clearTyping(chatId);
      clearDrafts(chatId);
      if (!known && !isVisible(chatId)) chat.unread = (chat.unread || 0) + 1;
    }
    changedNow(chatId);
    changedNow("chats");
    return undefined;
  },
  edit({ chat_id: chatId, message }) {
    if (findMessage(chatId, message.message_id)) upsert(chatId, [message]);
    const chat = state.chats.get(chatId);
    if (chat?.last_message?.message_id === message.message_id) {
      chat.last_message = message;
      changedNow("chats");
    }
  },
  delete({ chat_id: chatId, message_ids: ids }) {
    const gone = new Set(ids);
    const chat = history(chatId);
    chat.list = chat.list.filter((message) => !gone.has(message.message_id));
    const row = state.chats.get(chatId);
    if (row?.pinned) row.pinned = row.pinned.filter((id) => !gone.has(id));
    if (row && gone.has(row.last_message?.message_id)) row.last_message = chat.list.at(-1) ?? null;
    changedNow(chatId);
    changedNow("chats");
  },
  typing({ chat_id: chatId, action }) {
    clearTimeout(typing.get(chatId)?.timer);
    typing.set(chatId, { action, timer: setTimeout(() => clearTyping(chatId), TYPING_MS) });
    changedNow("chats");
  },
  draft({ chat_id: chatId, draft_id: id, text, entities, can_stop: canStop }) {
    const all = drafts.get(chatId) ?? drafts.set(chatId, new Map()).get(chatId);
    clearTimeout(all.get(id)?.timer);
    all.set(id, { draft_id: id, text: text ?? "", entities, can_stop: canStop, timer: setTimeout(() => dropDraft(chatId, id), DRAFT_MS) });
    changedNow(chatId);
  },
  draft_gone({ chat_id: chatId, draft_id: id }) {
    dropDraft(chatId, id);
  },
  reaction({ chat_id: chatId, message_id: id, message, reactions }) {
    const known = findMessage(chatId, message?.message_id ?? id);
    if (!known) return;
    upsert(chatId, [message ?? { ...known, reactions: reactions ?? [] }]);
  },
  commands({ commands }) {
    state.commands = commands ?? [];
    changedNow("commands");
  },
  chat({ chat_id: chatId, chat, pinned }) {
    const known = state.chats.get(chatId);
    if (!chat && !known) return resync();
    state.chats.set(chatId, { ...known, ...chat, ...(pinned ? { pinned } : {}) });
    changedNow("chats");
    changedNow(chatId);
    return undefined;
  },
};

const answerListeners = new Set();
export const onCallbackAnswer = (listener) => answerListeners.add(listener);

function apply(event) {
  if (event.type === "callback_answer") {
    for (const listener of answerListeners) listener(event);
    return;
  }
  if (Number.isFinite(event.version)) state.version = Math.max(state.version, event.version);
  appliers[event.type]?.(event);
}

/** Fetch everything again (start, reconnect, an unknown chat). Events that arrive meanwhile are applied after it. */
export function resync() {
  syncing ??= fetchAll().finally(() => { syncing = null; });
  return syncing;
}

async function fetchAll() {
  buffered = [];
  try {
    const fresh = await api.state();
    state.owner = fresh.owner;
    state.bot = fresh.bot;
    state.commands = fresh.commands ?? [];
    state.version = fresh.version ?? 0;
    state.chats = new Map(fresh.chats.map((chat) => [chat.id, { ...chat, unread: isVisible(chat.id) ? 0 : chat.unread || 0 }]));
    state.ready = true;
    await Promise.all([...histories].filter(([id, chat]) => chat.loaded && state.chats.has(id)).map(([id]) => loadLatest(id)));
  } catch (error) {
    state.downFor = Math.max(1, state.downFor);
    console.info(`sandbox: the state could not be read (${error.message})`);
  } finally {
    const late = buffered;
    buffered = null;
    for (const event of late) if (!(event.version <= state.version) || event.type === "callback_answer") apply(event);
    for (const topic of ["chats", "commands", "connection", ...state.chats.keys()]) changedNow(topic);
  }
}

const socket = new Socket({
  onOpen() {
    state.online = true;
    state.downFor = 0;
    resync();
  },
  onEvent(event) {
    if (buffered) buffered.push(event);
    else apply(event);
  },
  onDown(failures) {
    state.online = false;
    state.downFor = failures;
    changedNow("connection");
  },
});

export const connect = () => socket.connect();
export const retryNow = () => socket.retryNow();
