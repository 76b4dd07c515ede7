// What does the page say, in which language? Russian or English; the choice is remembered.
const STRINGS = {
  chats: ["Чаты", "Chats"],
  bot: ["бот", "bot"],
  channel: ["Канал", "Channel"],
  channel_created: ["Канал создан", "Channel created"],
  you: ["Вы", "You"],
  message: ["Сообщение", "Message"],
  broadcast: ["Публикация в канал", "Broadcast to the channel"],
  thinking: ["Думает…", "Thinking…"],
  stop_draft: ["Остановить", "Stop"],
  send: ["Отправить", "Send"],
  save: ["Сохранить", "Save"],
  attach: ["Прикрепить файл", "Attach a file"],
  commands: ["Команды бота", "Bot commands"],
  back: ["Назад к чатам", "Back to chats"],
  theme_dark: ["Тёмная тема", "Dark theme"],
  theme_light: ["Светлая тема", "Light theme"],
  language: ["Switch to English", "Переключить на русский"],
  new_channel: ["Новый канал", "New channel"],
  channel_title: ["Название", "Title"],
  channel_username: ["Ссылка, можно оставить пустой", "Username, may stay empty"],
  create: ["Создать", "Create"],
  cancel: ["Отмена", "Cancel"],
  close: ["Закрыть", "Close"],
  ok: ["Хорошо", "OK"],
  start: ["Начать", "Start"],
  start_hint: ["Напишите боту или нажмите «Начать»", "Write to the bot, or press Start"],
  empty_channel: ["Здесь появятся публикации канала", "Posts of the channel will appear here"],
  empty_chat: ["Пока нет сообщений", "No messages yet"],
  pick_channel: ["Выберите канал слева, и он откроется рядом с ботом", "Pick a channel on the left to see it beside the bot"],
  no_chats: ["Чатов пока нет", "No chats yet"],
  loading: ["Загрузка…", "Loading…"],
  edited: ["изменено", "edited"],
  today: ["Сегодня", "Today"],
  yesterday: ["Вчера", "Yesterday"],
  unread_messages: ["Непрочитанные сообщения", "Unread messages"],
  to_bottom: ["К последним сообщениям", "To the latest messages"],
  reply: ["Ответить", "Reply"],
  edit: ["Изменить", "Edit"],
  copy: ["Скопировать текст", "Copy text"],
  copy_link: ["Скопировать ссылку", "Copy link"],
  forward: ["Переслать", "Forward"],
  forward_to: ["Переслать в…", "Forward to…"],
  delete: ["Удалить", "Delete"],
  delete_ask: ["Удалить это сообщение?", "Delete this message?"],
  forwarded_from: ["Переслано от", "Forwarded from"],
  actions: ["Действия с сообщением", "Message actions"],
  react: ["Реакция", "React"],
  copied: ["Скопировано", "Copied"],
  copy_failed: ["Браузер не дал скопировать", "The browser refused to copy"],
  reply_to: ["Ответ для", "Reply to"],
  editing: ["Редактирование", "Editing"],
  deleted_message: ["Сообщение удалено", "Deleted message"],
  photo: ["Фотография", "Photo"],
  video: ["Видео", "Video"],
  animation: ["GIF", "GIF"],
  document: ["Файл", "File"],
  voice: ["Голосовое сообщение", "Voice message"],
  audio: ["Аудио", "Audio"],
  sticker: ["Стикер", "Sticker"],
  video_note: ["Видеосообщение", "Video message"],
  album: ["Альбом", "Album"],
  unsupported: ["Такое сообщение здесь не показать", "This message cannot be shown here"],
  pinned: ["Закреплённое сообщение", "Pinned message"],
  pinned_now: ["Закреплено", "Pinned"],
  as_document: ["Отправить файлом", "Send as a file"],
  as_voice: ["Отправить голосовым", "Send as a voice message"],
  remove_file: ["Убрать файл", "Remove the file"],
  drop_here: ["Отпустите файлы, чтобы прикрепить", "Drop the files to attach them"],
  record: ["Записать голосовое", "Record a voice message"],
  stop_record: ["Остановить и отправить", "Stop and send"],
  no_mic: ["Микрофон недоступен", "The microphone is not available"],
  play: ["Слушать", "Play"],
  pause: ["Пауза", "Pause"],
  download: ["Скачать", "Download"],
  show_spoiler: ["Показать скрытое", "Reveal hidden content"],
  expand_quote: ["Развернуть или свернуть цитату", "Expand or collapse the quote"],
  keyboard: ["Клавиатура бота", "Bot keyboard"],
  offline: ["Нет связи с сервером. Подключаемся…", "The server does not answer. Reconnecting…"],
  retry: ["Подключиться сейчас", "Reconnect now"],
  failed: ["Не получилось: ", "That did not work: "],
  bot_silent: ["Бот не ответил на нажатие", "The bot did not answer the button"],
  post_missing: ["Этой публикации нет, возможно, её удалили", "There is no such post, it may have been deleted"],
  button_unsupported: ["Такая кнопка работает только в Telegram", "This button only works in Telegram"],
  open_photo: ["Открыть фотографию", "Open the photo"],
  views: ["просмотры", "views"],
  typing: ["печатает", "typing"],
  upload_photo: ["отправляет фотографию", "uploading a photo"],
  upload_video: ["отправляет видео", "uploading a video"],
  record_video: ["записывает видео", "recording a video"],
  upload_document: ["отправляет файл", "uploading a file"],
  record_voice: ["записывает голосовое", "recording a voice message"],
  record_video_note: ["записывает видеосообщение", "recording a video message"],
  upload_video_note: ["отправляет видеосообщение", "uploading a video message"],
  upload_voice: ["отправляет голосовое", "uploading a voice message"],
  choose_sticker: ["выбирает стикер", "choosing a sticker"],
  find_location: ["отправляет местоположение", "picking a location"],
  too_long: ["Сообщение длиннее 4096 знаков, Telegram разделит его", "Longer than 4096 characters: Telegram will split it"],
};

const PLURALS = {
  subscribers: {
    ru: { one: "подписчик", few: "подписчика", many: "подписчиков", other: "подписчика" },
    en: { one: "subscriber", other: "subscribers" },
  },
  unread: {
    ru: { one: "непрочитанное", few: "непрочитанных", many: "непрочитанных", other: "непрочитанных" },
    en: { one: "unread message", other: "unread messages" },
  },
};

function startingLanguage() {
  try {
    const saved = localStorage.getItem("nexus.lang");
    if (saved === "ru" || saved === "en") return saved;
  } catch {
    // Storage can be forbidden; the browser's own language decides then.
  }
  return navigator.language?.toLowerCase().startsWith("ru") ? "ru" : "en";
}

let current = startingLanguage();
document.documentElement.lang = current;

export const language = () => current;
export const locale = () => (current === "ru" ? "ru-RU" : "en-GB");

export function setLanguage(value) {
  current = value;
  document.documentElement.lang = value;
  try {
    localStorage.setItem("nexus.lang", value);
  } catch {
    // The choice lasts until the page is closed.
  }
}

export function t(key) {
  return STRINGS[key]?.[current === "ru" ? 0 : 1] ?? key;
}

export function plural(key, count) {
  const forms = PLURALS[key][current];
  const form = new Intl.PluralRules(locale()).select(count);
  return `${new Intl.NumberFormat(locale()).format(count)} ${forms[form] ?? forms.other}`;
}
