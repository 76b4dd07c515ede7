told-published = ✅ <b>Опубликовано</b> · #{ $number } · { $channel }
    { $when }
    <blockquote>{ $excerpt }</blockquote>
told-link = 🔗 { $url }
told-failed = ❌ <b>Не опубликовано</b> · #{ $number } · { $channel }
    <blockquote>{ $excerpt }</blockquote>
    { $reason }
told-failed-reconnect = Ключ канала больше не подходит. Подключите канал заново и нажмите «Повторить».
told-failed-edit = Площадка не приняла сам пост. Поправьте его и нажмите «Повторить» или перенесите.
told-failed-retry = Площадка так и не ответила за пять попыток. Можно повторить или перенести.
told-failed-any = Можно повторить, поправить пост или перенести.
told-uncertain = ❔ <b>Вышел ли пост #{ $number }?</b> · { $channel }
    Запрос ушёл, а ответ площадки не пришёл. Сам я его повторять не буду, чтобы пост не вышел дважды. Загляните в канал:
    <blockquote>{ $excerpt }</blockquote>
told-late = ⌛️ <b>{ $cause ->
        [pause] Время прошло, пока стояла пауза
        [quiet] Время пришлось на тихие часы
        [outage] Время прошло, пока NEXUS не работал или канал был недоступен
       *[other] Время прошло, а посты не вышли
    }</b>
    { $n ->
        [one] Один пост ждёт
        [few] { $n } поста ждут
       *[many] { $n } постов ждут
    } вашего решения:
told-late-line = • <b>#{ $number }</b> { $when } · { $channel } · { $excerpt } { $state }
told-late-more = и ещё { $n }
told-late-choose = ⌛️ Решите по одному. Ждут решения: { $n }
told-late-decided = ⌛️ По этим постам всё решено.
told-late-scheduled = 🗓
told-late-publishing = 📤
told-late-published = ✅
told-late-failed = ❌
told-late-cancelled = ✖️
told-late-uncertain = ❔
told-late-missed = ⌛️
told-missed-late = ⌛️ <b>Пост #{ $number } пропущен</b> · { $channel }
    Он должен был выйти { $when }; опоздавшие посты настройки велят пропускать.
    <blockquote>{ $excerpt }</blockquote>
told-missed-approval = ⌛️ <b>Пост #{ $number } не вышел</b> · { $channel }
    К назначенному времени ({ $when }) его текущая версия не была одобрена.
    <blockquote>{ $excerpt }</blockquote>
told-channel-error = ⚠️ <b>Канал { $name } ({ $platform }) не пускает</b>
    { $reason }
    Его очередь ждёт и ничего не потеряет. Подключите канал заново, и она пойдёт дальше.
told-channel-expires = ⏳ <b>Доступ к каналу { $name } ({ $platform }) скоро закончится</b>
    { $when }. Продлить его без вас нельзя: подключите канал заново, это минута.
told-channel-expired = ⏳ <b>Доступ к каналу { $name } ({ $platform }) закончился</b>
    Подключите канал заново: без этого публиковать туда нельзя.
told-channel-expires-queue = { $text }
    В его очереди { $n ->
        [one] { $n } пост, он никуда не денется
        [few] { $n } поста, они никуда не денутся
       *[many] { $n } постов, они никуда не денутся
    }.
told-keys-created = 🔑 <b>Созданы ключи шифрования</b>
    Ими зашифрованы ключи ваших каналов. Скопируйте их в надёжное место: <code>{ $path }</code>
    Без них каналы придётся подключать заново.
told-update-set-aside = ⚠️ <b>Одно сообщение пришлось отложить</b>
    То, что пришло { $when }, бот начинал обрабатывать { $n ->
        [one] { $n } раз
        [few] { $n } раза
       *[many] { $n } раз
    } и каждый раз останавливался. Больше не пробую: посмотрите, всё ли на месте, и при необходимости сделайте это ещё раз.
told-settings-unreadable = ⚙️ <b>Часть настроек не читается</b>
    Это <code>{ $fields }</code>: в базе записано то, чего здесь быть не может. Пока действуют значения по умолчанию, а если непонятно, стоит ли пауза или сколько можно тратить, то осторожные: пауза включена, тратить нельзя. Поправить можно в «Состоянии».
told-model-replaced = ⚙️ <b>Модели из настроек больше не обслуживаются</b>
    { $models }
    Делать ничего не нужно: пишет уже новая. Выбрать другую можно в /settings.
told-open = 🔎 Открыть публикацию
told-queue = 📅 Очередь
told-channel = 📣 Канал
told-ai-warn-day = 🔔 ИИ сегодня обошёлся уже в { $spent }, это больше { $limit }. Он продолжает работать.
told-ai-warn-month = 🔔 ИИ за этот месяц обошёлся уже в { $spent }, это больше { $limit }. Он продолжает работать.
told-ai-cap-day = 🛑 <b>Дневной предел расходов на ИИ</b>
    Потрачено { $spent } из { $limit }, на новый текст может не хватить. До завтра черновики собираются по шаблону.
told-ai-cap-month = 🛑 <b>Месячный предел расходов на ИИ</b>
    Потрачено { $spent } из { $limit }, на новый текст может не хватить. До конца месяца черновики собираются по шаблону.
told-ai-limit = 💵 Изменить предел
told-approval-expired = ⌛️ <b>Одобрение поста #{ $number } истекло</b>
    Он так и не вышел. Посмотрите его ещё раз: без нового одобрения он не выйдет.
    <blockquote>{ $excerpt }</blockquote>
told-approval-expired-planned = ⌛️ <b>Одобрение поста #{ $number } истекло</b>
    Он стоит в расписании ({ $when }) и без нового одобрения не выйдет.
    <blockquote>{ $excerpt }</blockquote>
told-approve-again = ✅ Одобрить снова
