home-title = 🏠 <b>NEXUS</b>
home-no-product = Пока нет ни одного продукта. Откройте «Продукты» и добавьте первый: хватит названия.
home-product = Сейчас: <b>{ $name }</b>
home-other-products = и ещё { $n } { $n ->
    [one] продукт
    [few] продукта
   *[many] продуктов
}
home-today = 📅 Сегодня выйдет { $n } { $n ->
    [one] пост
    [few] поста
   *[many] постов
}:
home-today-line = {"  "}<b>{ $time }</b> { $title } · { $channel }
home-today-empty = 📅 На сегодня ничего не запланировано. Пришлите идею, текст или фото: из них получится черновик.
home-missing = ⚠️ Чего не хватает:
home-missing-channel = • канала: публиковать пока некуда.
home-missing-ai-no_key = • ключа для ИИ: тексты собираются по шаблону. Запишите <code>ANTHROPIC_API_KEY</code> в файл <code>.env</code> и перезапустите NEXUS.
home-missing-ai-no_openai_key = • ключа для ИИ: тексты собираются по шаблону. Запишите <code>OPENAI_API_KEY</code> (а для своего сервера <code>OPENAI_BASE_URL</code>) в файл <code>.env</code> и перезапустите NEXUS.
home-missing-ai-no_model = • модели для ИИ: тексты собираются по шаблону. Впишите её имя в настройку <code>ai.openai_model</code> командой <code>nexus import ФАЙЛ</code>.
home-drafts = 📝 Черновики · { $n }
home-queue = 📅 Очередь · { $n }
home-products = 📦 Продукты
home-status = 🩺 Состояние
home-analytics = 📊 Аналитика
home-suggest = 💡 Подсказки
home-help = ❓ Помощь
home-language = 🌐 Язык
home-templates = 🧩 Шаблоны
home-search = 🔎 Найти
home-settings = ⚙️ Настройки
