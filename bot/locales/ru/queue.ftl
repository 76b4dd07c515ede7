queue-title = 📅 <b>Очередь</b> · { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}
queue-empty = 📅 В очереди пусто. Пришлите идею, текст или фото: из них получится черновик, и его можно будет запланировать.
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
