queue-title = 📅 <b>Очередь</b> · { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
queue-empty = В очереди пусто. Пришлите идею, текст или фото: из них получится черновик, и его можно будет запланировать.
queue-line = { $mark } { $time } <b>#{ $number }</b> { $excerpt } · { $channel }
queue-item = 📅 <b>#{ $number }</b> · { $product } · { $channel } ({ $platform })
queue-item-excerpt = <blockquote>{ $excerpt }</blockquote>
queue-status-scheduled = { $mark } Выйдет { $when }
queue-status-due = { $mark } Время подошло ({ $when }), выйдет при первой возможности
queue-status-again = { $mark } Не получилось ({ $reason }), попробую ещё раз { $when }
queue-status-publishing = { $mark } Отправляется прямо сейчас
queue-status-published = { $mark } Опубликовано { $when }
queue-status-failed = { $mark } Не вышло: { $reason }
queue-status-cancelled = { $mark } Снято с публикации
queue-status-uncertain = { $mark } Ответ площадки не пришёл: вышел ли пост, неизвестно. Загляните в канал и скажите мне.
queue-status-missed = { $mark } Должно было выйти { $when }, но не вышло вовремя
queue-status-quiet = { $mark } Сейчас тихие часы, выйдет { $when }
queue-status-missed-quiet = { $mark } Время ({ $when }) выпало на тихие часы, поэтому пост не вышел. Решите, что с ним делать.
queue-status-missed-not_approved = { $mark } Должно было выйти { $when }, но текущая версия не была одобрена
queue-held-paused = ⏸ Все публикации на паузе.
queue-held-product-paused = ⏸ Продукт на паузе.
queue-held-channel-error = ⚠️ Канал не пускает: ключ больше не подходит.
queue-now = 🚀 Сейчас
queue-reschedule = 🗓 Перенести
queue-cancel = ✖️ Снять с публикации
queue-card = 📝 Карточка поста
queue-open = 🔗 Открыть пост
queue-back = ‹ Очередь
queue-cancelled = ✖️ Снято с публикации. Черновик остался.
queue-too-late = Уже поздно: публикация отправляется или закончена.
queue-moved-now = 🚀 Отправляю сейчас.
queue-none = По этим условиям ничего нет.
queue-title-narrowed = 📅 <b>{ $filters }</b> · { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
queue-paused = ⏸ <b>Всё на паузе.</b> Из очереди ничего не выходит.
queue-paused-since = ⏸ <b>Всё на паузе</b> с { $when }. Из очереди ничего не выходит.
queue-pause = ⏸ Пауза
queue-resume = ▶️ Снять с паузы
queue-by-product = Продукт
queue-by-platform = Площадка
queue-by-status = Статус
queue-all = ✖️ Сбросить
queue-which-product = 📦 Какой продукт показать?
queue-which-platform = 📣 Какую площадку показать?
queue-which-status = 🔎 Что показать?
queue-every-product = Все продукты
queue-every-platform = Все площадки
queue-choice = { $name } · { $n }
queue-shown-waiting = Ждут
queue-shown-published = Вышли
queue-shown-failed = Не вышли
queue-shown-uncertain = Под вопросом
queue-shown-missed = Пропущены
queue-shown-cancelled = Сняты
queue-shown-all = Все
queue-week = 📆 Неделя
queue-month = 🗓 Месяц
queue-this-week = Эта неделя
queue-this-month = Этот месяц
queue-week-title = 📆 <b>{ $start } – { $end }</b> · { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
queue-week-more = и ещё { $n }
queue-month-title = 🗓 <b>{ $month }</b> · { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
queue-day-title = 📅 <b>{ $day }</b> · { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
queue-duplicate = 📄 Дублировать
queue-duplicated = 📄 Это копия: новый черновик #{ $number }.
queue-swap = 🔀 Поменять местами
queue-swap-which = 🔀 <b>#{ $number }</b> · { $channel } · { $when }
    С каким постом поменять временем?
queue-swap-none = 🔀 <b>#{ $number }</b> · { $channel } · { $when }
    Меняться не с кем: других постов этого канала в очереди нет.
queue-swap-place = { $when } · #{ $number }
queue-swap-line = • <b>#{ $number }</b> { $excerpt }
queue-swapped = 🔀 Готово: поменялись временем с постом #{ $number }.
