channels-title = 📣 <b>Каналы</b> · { $n }
channels-empty = 📣 <b>Каналов пока нет</b>

    Подключите первый: это две минуты. Ключ никуда не уйдёт, а тестовый пост покажет, что всё работает.
channels-line = { $mark } <b>{ $name }</b> · { $platform } · { $product }
channels-connect = ➕ Подключить канал
channels-back = ‹ Каналы

channel-title = 📣 <b>{ $name }</b>
    { $platform } · продукт «{ $product }»
channel-active = Подключён, ждёт постов
channel-error = Не пускает: { $reason }
channel-disconnected = Отключён: посты из очереди ждут
channel-no-reason = причина неизвестна, проверьте ещё раз
channel-rights-missing = не хватает прав:
channel-used = Последний пост: { $ago }
channel-unused = Постов отсюда ещё не было
channel-waiting = В очереди: { $n } { $n ->
    [one] пост
    [few] поста
   *[many] постов
}
channel-product = 📦 Продукт
channel-test = 📨 Тестовый пост
channel-test-open = 🔗 Открыть тестовый пост
channel-test-delete = 🗑 Удалить тестовый пост
channel-check = 🔎 Проверить
channel-check-again = 🔎 Проверить ещё раз
channel-settings = ⚙️ Настройки
channel-edit-name = ✏️ Имя
channel-reconnect = 🔁 Подключить заново
channel-connect-again = 🔌 Подключить снова
channel-disconnect = Отключить
channel-disconnect-yes = Отключить канал
channel-ask-disconnect = Отключить «{ $name }»? { $n ->
    [0] В очереди у него пусто.
    [one] { $n } пост из очереди подождёт, пока вы не подключите канал снова.
    [few] { $n } поста из очереди подождут, пока вы не подключите канал снова.
   *[many] { $n } постов из очереди подождут, пока вы не подключите канал снова.
} Ключ я забуду. Что уже опубликовано, останется в канале.
channel-disconnected-now = Канал отключён, ключ стёрт. Подключить снова можно в любой момент.
channel-ask-name = ✏️ Сейчас канал показан как «{ $name }». Напишите, как называть его здесь. В самом канале ничего не изменится.
channel-renamed = ✅ Новое имя сохранено.
channel-stale = Эта кнопка от прежнего экрана, поэтому ничего не сделано. Вот как сейчас.
channel-tested = ✅ Тестовый пост в канале. Загляните и удалите его, если он больше не нужен.
channel-test-text = Тестовый пост NEXUS. Если вы его видите, канал подключён верно.
channel-test-deleting = Удаляю тестовый пост…
channel-test-deleted = 🗑 Тестовый пост удалён.
channel-checked = ✅ Всё в порядке.
channel-checked-lacking = ⚠️ Публиковать не получится: не хватает прав.
channel-connected = ✅ Канал «{ $name }» подключён.
channel-connected-tested = ✅ Канал «{ $name }» подключён, тестовый пост уже там.

channel-settings-title = ⚙️ <b>{ $name }</b>
    Так выходят все посты этого канала. Нажмите, чтобы изменить.
channel-option = • { $name }: <b>{ $value }</b>
channel-no-options = Здесь нечего настраивать.
option-twitter-numbers = Статистика
option-twitter-numbers-on = собирать
option-twitter-numbers-off = не собирать: чтение у X платное
option-telegram-silent = Без звука
option-telegram-silent-no = нет
option-telegram-silent-yes = да, подписчики не услышат сигнала
option-telegram-invites = Приглашение у каждого поста
option-telegram-invites-no = нет
option-telegram-invites-yes = да, своя ссылка, чтобы считать пришедших
option-telegram-protect = Защита от копирования
option-telegram-protect-no = нет
option-telegram-protect-yes = да, посты нельзя переслать и сохранить
option-telegram-link_preview = Превью ссылок
option-telegram-link_preview-on = под текстом
option-telegram-link_preview-above = над текстом
option-telegram-link_preview-off = выключено
option-telegram-caption_above = Подпись над фото
option-telegram-caption_above-no = нет, под ним
option-telegram-caption_above-yes = да
option-telegram-text_below = Текст отдельно от фото
option-telegram-text_below-no = нет, подписью
option-telegram-text_below-yes = да, следующим сообщением
option-telegram-split = Делить длинное
option-telegram-split-no = нет
option-telegram-split-yes = да, на несколько сообщений

connect-no-product = Канал подключают к продукту, а продуктов пока нет. Добавьте первый: хватит названия.
connect-which-product = ➕ К какому продукту подключить канал?
connect-which-platform = ➕ Где публикуем «{ $product }»?
connect-all-taken = У продукта «{ $product }» подключено всё, что я умею.
connect-taken = Уже подключено: { $platforms }. Сменить ключ или канал можно в карточке канала: «Подключить заново».
ways-telegram = ➕ <b>Канал или группа Telegram</b>

    <b>Этот бот</b> публикует сам: добавьте его администратором, и готово.
    <b>Свой бот</b> нужен, если в канале должен стоять отдельный бот: понадобится его токен от @BotFather.
way-telegram-this_bot = 🤖 Этот бот
way-telegram-own_token = 🔑 Свой бот
step-telegram-bot_token = 🔑 Пришлите токен бота: его даёт @BotFather, выглядит он как <code>123456789:AAE…</code>. Можно переслать сообщение @BotFather целиком. Я сразу удалю его из чата и сохраню токен зашифрованным.
step-telegram-chat_id = 📣 Добавьте этого бота администратором канала (в группу — просто участником), затем пришлите <code>@имя</code> канала, ссылку на него или перешлите оттуда любой пост.
step-telegram-chat_id-this_bot = 📣 Добавьте <b>@{ $bot }</b> администратором канала с правами публиковать, править и удалять: кнопка ниже откроет нужное окно. Как только добавите, я предложу подключить канал.

    Если бот там уже есть, пришлите <code>@имя</code> канала, ссылку на него или перешлите оттуда любой пост.
connect-way-named = «{ $way }»
connect-way-closed = 🔒 Пока закрыто: { $ways }. В файле <code>.env</code> на вашем сервере нет { $n ->
    [one] строки
   *[other] строк
} <code>{ $settings }</code>. Добавьте и перезапустите NEXUS; где что взять, написано в <code>{ $page }</code>.
step-add-to-channel = ➕ Добавить в канал
step-add-to-group = ➕ Добавить в группу
step-keep = Оставить «{ $value }»
connect-said = ✅ Токен рабочий: { $name }
connect-looking = 🔎 Смотрю, всё ли на месте…
connect-testing = 📨 Отправляю тестовый пост…
connect-needs-button = Сейчас выберите кнопкой, что делать с каналом.
connect-refused = ⚠️ { $reason }
connect-look-again = 🔎 Проверить ещё раз
connect-step-back = ‹ Исправить
connect-found = ✅ Нашёл: <b>{ $name }</b>
    { $platform } · для продукта «{ $product }»
connect-right-held = ✅ { $right }
connect-right-needed = ❌ { $right }: без этого публиковать нельзя
connect-right-missing = ⚠️ { $right }: этого права нет, остальное будет работать
connect-found-test = Прислать туда тестовый пост? Потом его можно удалить одной кнопкой.
connect-found-lacking = Дайте боту недостающее право в настройках канала и проверьте ещё раз.
connect-other-account = ❗️ До этого здесь был «{ $before }». { $n ->
    [0] Его настройки останутся.
    [one] В новом канале выйдет { $n } пост из его очереди.
    [few] В новом канале выйдут { $n } поста из его очереди.
   *[many] В новом канале выйдут { $n } постов из его очереди.
}
connect-test = 📨 Тестовый пост и подключить
connect-untested = Подключить без теста
connect-offer = 🤖 Меня добавили в «{ $name }». Подключить к продукту «{ $product }»?
connect-offer-which = 🤖 Меня добавили в «{ $name }». К какому продукту подключить?
connect-offer-no-product = 🤖 Меня добавили в «{ $name }». Канал подключают к продукту: добавьте первый, хватит названия.
connect-offer-yes = Подключить «{ $name }»
connect-offer-no = Не сейчас
connect-bot-removed = ⚠️ Бота убрали из этого канала. Его очередь подождёт, ничего не потеряется.
connect-rights-changed = Права бота в этом канале изменились. Проверим ещё раз?

right-telegram-can-post-messages = публиковать
right-telegram-can-edit-messages = править опубликованное
right-telegram-can-delete-messages = удалять опубликованное
right-telegram-can-send-messages = писать в группу

trouble-telegram-telegram-token = Это не похоже на токен. Он начинается с цифр и двоеточия: <code>123456789:AAE…</code>. Возьмите его у @BotFather командой /token и пришлите ещё раз.
trouble-telegram-telegram-chat = Не понял, какой это канал. Пришлите <code>@имя</code>, ссылку вида <code>t.me/имя</code>, номер вида <code>-1001234567890</code> или перешлите оттуда пост.
trouble-telegram-telegram-invite = По ссылке-приглашению канал не узнать. Перешлите мне оттуда любой пост: так подключаются и закрытые каналы.
trouble-telegram-bad-token = Telegram не знает такого токена: возможно, его отозвали. Возьмите новый у @BotFather.
trouble-telegram-chat-not-found = Такого канала Telegram не нашёл, или бота в нём нет. Проверьте имя и добавьте бота администратором.
trouble-telegram-bot-removed = Бота в этом канале нет. Добавьте его администратором с правом публиковать.
trouble-telegram-forbidden = Канал не пускает бота: { $reason }
trouble-telegram-rights-missing = Боту не хватает прав: { $reason }
trouble-channel-taken = «{ $name }» уже подключён к продукту «{ $product }». Отключите его там или выберите другой канал: один канал служит одному продукту.
trouble-another-account = До сих пор здесь был «{ $before }», а вошли вы как «{ $name }». Ничего не изменилось. Войдите как «{ $before }»; чтобы публиковать в другой аккаунт, сначала отключите этот канал.
trouble-channel-lacks-rights = Боту не хватает прав, чтобы публиковать. Добавьте их и проверьте ещё раз.
trouble-transient = Площадка сейчас не отвечает. Подождите минуту и проверьте ещё раз.
trouble-rate-limited = Площадка просит подождать. Проверьте ещё раз через минуту.
trouble-auth-expired = Площадка не принимает ключ: { $reason }
trouble-rejected = Площадка отказала: { $reason }
trouble-outcome-unknown = ❔ Ответ площадки не пришёл. Загляните в канал: если тестовый пост там, подключайте без теста.
trouble-cannot-decrypt = Сохранённый ключ не открыть: нужного ключа шифрования больше нет. Подключите канал заново.
trouble-other = Не получилось: { $reason }

secret-deleted = 🔒 Сообщение с секретом удалено из чата.
secret-not-deleted = 🔓 Удалить сообщение с секретом я не смог. Удалите его сами, прямо сейчас.
secret-bot_token = Это токен бота. Черновиком он не станет. Его место: «Подключить канал», там я спрошу о нём и сохраню зашифрованным.
secret-model_key = Это ключ ИИ. Черновиком он не станет. Его место — файл <code>.env</code> на вашем сервере: строка <code>ANTHROPIC_API_KEY</code> или <code>OPENAI_API_KEY</code>, после неё перезапустите NEXUS. Если ключ видел кто-то ещё, выпустите новый.
