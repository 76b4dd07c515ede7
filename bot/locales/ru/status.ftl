status-title = 🩺 <b>Состояние</b>
    NEXUS { $version } · PostgreSQL { $database }
status-parts = <b>Части</b>
status-no-parts = {"  "}пока ни одна не отзывалась
status-part = {"  "}🟢 { $name } · { $ago }
status-part-silent = {"  "}🔴 { $name } · не отвечает, последний раз { $ago }
status-queue = 📅 В очереди: { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
status-overdue = ⏱ Просрочено: { $n }
status-uncertain = ❔ Под вопросом, ждут вашего ответа: { $n }
status-paused = ⏸ Все публикации на паузе
status-paused-products = ⏸ { $n ->
    [one] На паузе продукт: { $names }
   *[other] На паузе продукты: { $names }
}
status-channels = ⚠️ <b>Каналы, которые не пускают</b>
status-channels-fine = 📣 Каналы в порядке
status-broken = {"  "}• { $name } ({ $platform }): { $reason }
status-part-scheduler = планировщик
status-part-worker = отправка постов
status-part-bot = бот
status-part-standby = запасной бот
status-part-receiver = приём событий
status-trouble-redis = {"  "}🔴 Redis не отвечает · { $ago }
status-trouble-backup = {"  "}🔴 резервная копия не получилась · { $ago }
status-trouble-queue = {"  "}🔴 посты не уходят · { $ago }
status-trouble-signatures = {"  "}🔴 неверные подписи событий · { $ago }
status-trouble-other = {"  "}🔴 не работает: { $name } · { $ago }
status-stuck-email = ✉️ По почте не ушло: { $n } ({ $reason }). Попытки продолжаются.
status-stuck-webhook = 🌐 На ваш адрес не ушло: { $n } ({ $reason }). Попытки продолжаются.
status-reconnect = 🔌 { $name }
status-held = 🌙 Ждут конца тихих часов: { $n }
status-muted = 🔕 За сутки не прислано, потому что выключено: { $n }
status-unreadable = ⚙️ Не читаются настройки <code>{ $fields }</code>. Вместо них действуют значения по умолчанию, для паузы и пределов осторожные.
status-repair = 🧹 Записать значения по умолчанию
status-repaired = { $n ->
    [0] Все настройки читаются.
    [one] ✅ Исправлена { $n } настройка.
    [few] ✅ Исправлены { $n } настройки.
   *[many] ✅ Исправлено { $n } настроек.
}
status-undelivered = ✉️ Не доставлено уведомлений: { $n }. Попытки продолжаются.
status-ai = ✨ Тексты пишет ИИ: { $models }
status-ai-no_key = 🧩 Ключа ИИ (<code>ANTHROPIC_API_KEY</code>) нет: тексты собираются по шаблону
status-ai-no_openai_key = 🧩 Ключа ИИ (<code>OPENAI_API_KEY</code>) нет: тексты собираются по шаблону
status-ai-no_model = 🧩 Модель ИИ не выбрана (настройка <code>ai.openai_model</code>): тексты собираются по шаблону
status-backup = 💾 Последняя резервная копия: { $ago }
status-now = 🕒 { $when } ({ $zone })
