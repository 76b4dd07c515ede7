home-title = 🏠 <b>NEXUS</b>
home-title-week = 🏠 <b>NEXUS</b> · за 7 дней
home-no-product = Пока нет ни одного продукта. Откройте «Продукты» и добавьте первый: хватит названия.
home-product = 📦 { $name }
home-product-current = 📦 <b>{ $name }</b>
home-product-paused = на паузе
home-week-reach = охват { NUMBER($n) }{ $trend }
home-week-engagements = отклики { NUMBER($n) }{ $trend }
home-week-nothing = <i>Чисел за неделю пока нет: они появятся, когда выйдут посты и площадки о них расскажут.</i>
home-trend-up = {" "}(+{ $n } %)
home-trend-down = {" "}(−{ $n } %)
home-trend-same = {" "}(как неделю назад)
home-trend-times = {" "}(в { $n } { $n ->
    [one] раз
    [few] раза
   *[many] раз
} больше)
home-other-products = и ещё { $n } { $n ->
    [one] продукт
    [few] продукта
   *[many] продуктов
}
home-today-more = {"  "}и ещё { $n }
home-drafts-wait = 📝 { $n ->
    [one] { $n } черновик ждёт
    [few] { $n } черновика ждут
   *[many] { $n } черновиков ждут
} вашего решения
home-automations = ⚙️ Автоматизации · { $n }
home-automations-on = ⚙️ Автоматизаций включено: { $n } из { $total }, { $ran }
home-automations-ran = последний запуск { $ago }
home-automations-never = запусков ещё не было
home-channels = 📣 Каналы
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
home-templates = 🧩 Шаблоны
home-search = 🔎 Найти
home-settings = ⚙️ Настройки
home-new = ➕ Новый пост
home-week = 🗓 Неделя
