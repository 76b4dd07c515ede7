// How does the page talk to the sandbox? Every request and the socket, with failures as one error class.
const BASE = "/sandbox/api";
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 10000;

export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function call(path, options = {}) {
  let response;
  try {
    response = await fetch(BASE + path, { credentials: "same-origin", ...options });
  } catch (cause) {
    throw new ApiError(String(cause?.message ?? cause), 0);
  }
  const text = await response.text();
  let body = {};
  try {
    body = text ? JSON.parse(text) : {};
  } catch {
    body = { error: text.slice(0, 200) };
  }
  if (!response.ok) throw new ApiError(String(body.description ?? body.error ?? response.statusText ?? response.status), response.status);
  return body;
}

const post = (path, data) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) });

export const fileUrl = (uniqueId) => `/sandbox/file/${encodeURIComponent(uniqueId)}`;

export const api = {
  state: () => call("/state"),
  messages: (chatId, before, limit = 50) => call(`/chats/${chatId}/messages?limit=${limit}${before ? `&before=${before}` : ""}`),
  sendText: (chatId, text, replyTo) =>
    post(`/chats/${chatId}/send`, { text, ...(replyTo ? { reply_to_message_id: replyTo } : {}) }),
  sendFiles(chatId, files, { caption = "", replyTo, asDocument, asVoice } = {}) {
    const form = new FormData();
    for (const file of files) form.append("files[]", file, file.name || "file");
    if (caption) form.append("caption", caption);
    if (replyTo) form.append("reply_to_message_id", String(replyTo));
    if (asDocument) form.append("as_document", "1");
    if (asVoice) form.append("as_voice", "1");
    return call(`/chats/${chatId}/send`, { method: "POST", body: form });
  },
  press: (chatId, messageId, data) => post(`/chats/${chatId}/press`, { message_id: messageId, data }),
  stopDraft: (chatId, draftId) => post(`/chats/${chatId}/stop`, { draft_id: draftId }),
  forward: (chatId, fromChatId, messageIds) => post(`/chats/${chatId}/forward`, { from_chat_id: fromChatId, message_ids: messageIds }),
  edit: (chatId, messageId, text) => post(`/chats/${chatId}/edit`, { message_id: messageId, text }),
  react: (chatId, messageId, emoji) => post(`/chats/${chatId}/react`, { message_id: messageId, emoji }),
  remove: (chatId, messageId) => post(`/chats/${chatId}/delete`, { message_id: messageId }),
  read: (chatId) => post(`/chats/${chatId}/read`, {}),
  createChannel: (title, username) => post("/channels", { title, ...(username ? { username } : {}) }),
};

/** Keeps one socket open for ever, waiting longer after each failure (0.5 s doubling to 10 s, with jitter). */
export class Socket {
  constructor({ onOpen, onEvent, onDown }) {
    this.handlers = { onOpen, onEvent, onDown };
    this.failures = 0;
    this.timer = null;
    this.ws = null;
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = null;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const ws = new WebSocket(`${scheme}//${location.host}/sandbox/ws`);
    this.ws = ws;
    ws.onopen = () => {
      this.failures = 0;
      this.handlers.onOpen();
    };
    ws.onmessage = (event) => {
      let data;
      try {
        data = JSON.parse(event.data);
      } catch {
        console.warn("sandbox: an event that is not JSON was skipped");
        return;
      }
      this.handlers.onEvent(data);
    };
    ws.onclose = () => {
      if (this.ws !== ws) return;
      this.ws = null;
      this.failures += 1;
      const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.failures - 1));
      this.timer = setTimeout(() => this.connect(), wait * (0.75 + Math.random() / 2));
      this.handlers.onDown(this.failures);
    };
  }

  retryNow() {
    if (this.timer) this.connect();
  }
}
