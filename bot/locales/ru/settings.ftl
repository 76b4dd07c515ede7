settings-title = ⚙️ <b>Настройки</b>
settings-line = { $name }: <b>{ $value }</b>
settings-one = <b>{ $name }</b>: { $value }
settings-saved = ✅ { $name }: { $value }
settings-own = ✏️ Своё значение
settings-ask = ✏️ <b>{ $name }</b>
    { $how }
settings-stale = Эта кнопка от прежнего экрана, поэтому ничего не сделано. Вот как сейчас.
settings-on = включено
settings-off = выключено
settings-no-limit = без предела
settings-no-quiet = нет
settings-no-model = не выбрана
settings-model-instead = { $served } (вместо { $name })
settings-price-unknown = цена неизвестна

settings-unit-hours = { $n } { $n ->
    [one] час
    [few] часа
    [many] часов
   *[other] часа
}
settings-unit-days = { $n } { $n ->
    [one] день
    [few] дня
   *[many] дней
}
settings-unit-posts = до { $n }
settings-unit-seconds = { $n } { $n ->
    [one] секунда
    [few] секунды
   *[many] секунд
}
settings-unit-minutes = { $n } { $n ->
    [one] минута
    [few] минуты
   *[many] минут
}

settings-section-pub = 📤 <b>Публикации</b>
settings-section-ai = ✨ <b>ИИ</b>
settings-section-news = 🔔 <b>Уведомления</b>
settings-section-look = 🎛 <b>Интерфейс</b>
settings-open-pub = 📤 Публикации
settings-open-ai = ✨ ИИ
settings-open-news = 🔔 Уведомления
settings-open-look = 🎛 Интерфейс
settings-open-elsewhere = 🔑 Владельцы, ключи, адреса
settings-ai-about = Цены за миллион токенов: прочитанных / написанных. Предел проверяется до обращения к модели.
settings-news-about = О том, что не вышло, что под вопросом и что сломалось, сообщаю всегда. Остальное можно выключить:
settings-news-muted = За неделю не прислано: { $n }. Эти уведомления выключили вы.

setting-zone = 🕒 Часовой пояс
setting-zone-about = По нему я понимаю «завтра в девять» и показываю время. Если пояс назван по городу, перевод часов учтётся сам.
setting-language = 🌐 Язык
setting-language-about = На этом языке говорю я и, если у продукта не задан свой, пишутся посты.
setting-language-ru = русский
setting-language-en = English
setting-usual = Посты выходят
setting-usual-about = Какую кнопку одобренный черновик предлагает первой. Остальные остаются рядом.
setting-usual-optimal = в лучшее время
setting-usual-at = когда выберу
setting-usual-now = сразу
setting-gap = Промежуток
setting-gap-about = Не меньше стольких часов между постами одного продукта.
setting-gap-0 = любой
setting-day = Постов в день
setting-day-about = Не больше стольких постов одного продукта за день по вашим часам.
setting-quiet = Тихие часы
setting-quiet-about = В это время посты не выходят: те, чьё время попало сюда, ждут конца тихих часов.
setting-undo = Отмена выпуска
setting-undo-about = Сколько ждать после «Сейчас», чтобы можно было передумать.
setting-undo-0 = без отмены
setting-late = Опоздавшие посты
setting-late-about = Что делать с постом, который не вышел вовремя, например потому, что сервер не работал.
setting-late-publish = выпускать
setting-late-ask = спрашивать
setting-late-skip = пропускать
setting-late-after = Опозданием считать
setting-late-after-about = На сколько должно пройти назначенное время, чтобы пост считался опоздавшим.
setting-approval = Одобрение действует
setting-approval-about = Сколько держится ваше «да». Потом пост ждёт, пока вы не одобрите его ещё раз.
setting-approval-24 = сутки
setting-approval-72 = трое суток
setting-approval-168 = неделю
setting-approval-none = всегда
setting-provider = Кто пишет
setting-provider-about = У каждого свои модели и свой ключ. Ключ берётся из файла <code>.env</code>.
setting-provider-anthropic = Anthropic
setting-provider-openai = OpenAI или совместимый сервер
setting-model = Модель
setting-model-about = Пишет посты. Цены за миллион токенов: прочитанных / написанных.
setting-fallback = Запасная модель
setting-fallback-about = Пишет, когда основная не отвечает. Цены за миллион токенов: прочитанных / написанных.
setting-effort = Старание
setting-effort-about = Чем больше, тем дольше модель думает и тем дороже пост.
setting-effort-low = малое
setting-effort-medium = среднее
setting-effort-high = большое
setting-cap-day = Предел в день
setting-cap-day-about = Обращение, которое может превысить предел, не делается: пост соберётся по шаблону. День считается по вашим часам.
setting-cap-day-0 = ничего не тратить
setting-warn-day = Сигнал за день
setting-warn-day-about = Когда за день потрачено столько, я скажу об этом один раз. Писать ИИ не перестанет.
setting-cap-month = Предел в месяц
setting-cap-month-about = Обращение, которое может превысить предел, не делается: пост соберётся по шаблону. Месяц считается с первого числа.
setting-cap-month-0 = ничего не тратить
setting-warn-month = Сигнал за месяц
setting-warn-month-about = Когда за месяц потрачено столько, я скажу об этом один раз. Писать ИИ не перестанет.
setting-warn-day-none = не нужно
setting-warn-month-none = не нужно
setting-news-quiet = Не беспокоить
setting-news-quiet-about = В это время всё, что терпит, ждёт конца тихих часов. Посты, которые не вышли или под вопросом, и сломанные каналы показываю сразу, но без звука.
setting-silent = Тишина
setting-silent-about = Через сколько дней без единого поста сказать, что продукт замолчал.
setting-drafts = Текст на глазах
setting-drafts-about = Показывать пост, пока ИИ его пишет.
setting-tables = Таблицы Telegram
setting-tables-about = Рисовать таблицы средствами Telegram. Старые приложения вместо них показывают заглушку.

settings-how-number = Напишите число от { $low } до { $high }.
settings-how-optional = Напишите число от { $low } до { $high } или «нет».
settings-how-money = Напишите сумму в долларах, например 2 или 0,50. «Нет» снимает предел.
settings-how-hours = Напишите, с какого часа до какого, например 23:00–8:00. «Нет» отменяет тихие часы.
settings-how-zone = Напишите город («Тверь»), имя пояса (Europe/Moscow) или сдвиг (UTC+3).
settings-how-model = Напишите имя модели так, как его знает сервер.
settings-bad-number = Нужно число от { $low } до { $high }. Напишите ещё раз.
settings-bad-whole = Нужно целое число от { $low } до { $high }. Напишите ещё раз.
settings-bad-money = Это не похоже на сумму. Напишите, например, 2 или 0,50, а чтобы снять предел, «нет».
settings-bad-hours = Не понимаю. Напишите два времени, например 23:00–8:00, или «нет».
settings-same-hours = Начало и конец совпали. Напишите два разных времени или «нет».
settings-bad-zone = Такого места не знаю. Напишите город покрупнее по соседству, имя пояса (Europe/Moscow) или сдвиг (UTC+3).
settings-which-zone = 🕒 Что из этого? Смотрите на время на ваших часах.
settings-bad-model = Имя модели пишется без пробелов и не длиннее { $limit } знаков. Напишите ещё раз.
settings-model-price = Цена: { $price }
settings-model-no-list = У этого сервера нет прайс-листа: впишите имя модели сами.

settings-is-paused = ⏸ Все публикации на паузе.
settings-platforms-open = 📏 Пределы по площадкам
settings-platforms-line = { $n ->
    [0] Отдельных пределов по площадкам нет.
    [one] Свой предел у { $n } площадки.
   *[other] Свой предел у { $n } площадок.
}
settings-platforms-title = 📏 <b>Постов в день на площадке</b>
settings-platform-about = Не больше стольких постов одного продукта за день на этой площадке.

settings-kind-silence = Давно не было постов
settings-kind-empty_tomorrow = Завтра пусто
settings-kind-too_many = Слишком много постов за день
settings-kind-published = Пост вышел
settings-kind-ai_spending = Расходы на ИИ подошли к пределу
settings-kind-repeat_skipped = Пропущенный повтор
settings-kind-numbers_untold = Площадка не сообщает цифр
settings-kind-milestone = Веха: подписчики, просмотры
settings-kind-spike = Пост намного выше обычного
settings-kind-drop = Спад откликов
settings-kind-rule_proposed = Правило для голоса из ваших правок
settings-kind-model_replaced = Модель заменена другой
settings-kind-automation_note = Сообщения по правилам
settings-kind-autonomy_offered = Предложения доверить правилу
settings-kind-autonomy_ended = Правило снова спрашивает

settings-elsewhere-title = 🔑 <b>Что задаётся не здесь</b>
settings-owners = <b>Владельцы</b> (<code>TELEGRAM_OWNER_IDS</code>)
settings-owners-how = Только им бот отвечает.
settings-owner-unknown = { $id }, ещё не писал боту
settings-env-set = ✅ <code>{ $name }</code> · { $about }
settings-env-unset = ▫️ <code>{ $name }</code> · { $about }, не задано
settings-env-TELEGRAM_BOT_TOKEN = токен этого бота
settings-env-ANTHROPIC_API_KEY = ключ Anthropic
settings-env-OPENAI_API_KEY = ключ OpenAI
settings-env-OPENAI_BASE_URL = свой сервер моделей
settings-env-DATABASE_URL = внешняя база данных
settings-env-REDIS_URL = очередь в Redis
settings-env-SMTP_URL = почта для уведомлений
settings-env-ALERT_WEBHOOK_URL = свой адрес для уведомлений
settings-env-PUBLIC_URL = адрес для событий
settings-env-NEXUS_SECRET_KEYS = ключи шифрования
settings-elsewhere-how = Всё это лежит в файле <code>.env</code> рядом с программой. Поправьте его и перезапустите NEXUS.
