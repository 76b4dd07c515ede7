products-title = 📦 <b>Продукты</b> · { $n }. Новые черновики относятся к отмеченному.
products-empty = 📦 Продуктов пока нет. Добавьте первый: хватит названия.
products-line = {"  "}{ $name } · { $channels }
products-current = ✅ <b>{ $name }</b> · { $channels }
products-paused-mark = · на паузе
products-no-channels = канала нет
products-add = ➕ Добавить продукт
products-back = ‹ Продукты
products-archive-list = 🗄 Архив · { $n }
products-archive-title = 🗄 <b>Архив</b> · { $n }. Ничего не удалено: продукт можно вернуть.
products-archive-empty = 🗄 В архиве пусто.
products-ask-name = 📦 Как называется продукт? Напишите название.
products-chosen = ✅ Теперь работаем с продуктом «{ $name }».
products-added = ✅ Продукт «{ $name }» добавлен и выбран. Пришлите идею, текст или фото: из них получится черновик. Настройте голос, и тексты зазвучат по-вашему.

product-title = 📦 <b>{ $name }</b>
    <code>{ $slug }</code>
product-no-description = <i>Описания нет. Пары предложений хватит, чтобы ИИ понимал, о чём пишет.</i>
product-no-channels = 📣 Канала пока нет
product-channels = 📣 Каналы: { $channels }
product-counts = 📝 Черновиков: { $drafts } · 📅 в очереди: { $queued }
product-voice = 🗣 Голос: заполнено { $n } из { $total }
product-voice-traits = 🗣 Голос: { $traits } · заполнено { $n } из { $total }
product-voice-empty = 🗣 Голос не настроен
product-is-current = ✅ Это текущий продукт: новые черновики относятся к нему.
product-is-paused = ⏸ На паузе: посты из очереди ждут.
product-is-archived = 🗄 В архиве: новых черновиков не будет, очередь ждёт.
product-choose = ✅ Сделать текущим
product-voice-open = 🗣 Голос
product-channels-open = 📣 Каналы
product-events-open = 📨 События
product-edit-name = ✏️ Название
product-edit-description = 📄 Описание
product-pause = ⏸ Пауза
product-resume = ▶️ Снять с паузы
product-archive = 🗄 В архив
product-archive-yes = 🗄 Убрать в архив
product-restore = ↩️ Вернуть из архива
product-ask-archive = Убрать «{ $name }» в архив? { $queued ->
    [0] В очереди у него пусто.
    [one] { $queued } пост из очереди не выйдет, пока продукт не вернётся.
    [few] { $queued } поста из очереди не выйдут, пока продукт не вернётся.
   *[many] { $queued } постов из очереди не выйдут, пока продукт не вернётся.
} Ничего не удаляется.
product-ask-name = ✏️ Сейчас продукт называется «{ $name }». Напишите новое название. Короткое имя <code>{ $slug }</code> не изменится.
product-ask-description = 📄 Что такое «{ $name }» и для кого? Напишите одним сообщением, до { NUMBER($limit) } знаков. Отсюда ИИ берёт факты.
product-description-clear = 🧹 Убрать описание
product-stale = Эта кнопка от прежнего экрана, поэтому ничего не сделано. Вот как сейчас.
product-paused = ⏸ Продукт на паузе. Его посты подождут в очереди.
product-resumed = ▶️ Продукт снова публикует.
product-archived = 🗄 Продукт в архиве. Вернуть его можно в любой момент.
product-restored = ↩️ Продукт вернулся и стоит на паузе. Загляните в очередь и снимите паузу, когда будете готовы.
product-name-saved = ✅ Новое название сохранено.
product-description-saved = ✅ Описание сохранено.
product-description-cleared = 🧹 Описание убрано.
product-milestones-open = 🏁 Рубежи
milestones-title = 🏁 <b>Рубежи</b> · { $name }
milestones-about = Когда число пройдено, NEXUS скажет об этом и предложит пост. Круглые отмечаются всегда; добавьте те, что важны вам.
milestones-of-followers = 👥 Подписчики: { $first }, дальше 1, 2, 5 с новыми нулями
milestones-of-reach = 👁 Просмотры поста: { $first }, дальше 1, 2, 5 с новыми нулями
milestones-own = Свои: { $numbers }
milestones-none = Своих пока нет
milestones-remove-followers = ✖ 👥 { $number }
milestones-remove-reach = ✖ 👁 { $number }
milestones-add-followers = ➕ Подписчики
milestones-add-reach = ➕ Просмотры
milestones-clear = ↩️ Только круглые
milestones-ask-followers = 👥 Какие числа подписчиков стоит отметить? Целые числа через пробел: 1500 7777 75000.
milestones-ask-reach = 👁 Какие числа просмотров поста стоит отметить? Целые числа через пробел: 3000 75000.
milestones-saved = ✅ Сохранено.
milestones-cleared = ↩️ Теперь отмечаются только круглые числа.
milestones-refused = { $reason ->
    [out-of-range] ⚠️ Рубеж – число от 1 до { $highest }. Пришлите ещё раз.
    [too-many] ⚠️ Помещается по { $most } каждого вида. Сначала уберите лишние.
   *[no-number] ⚠️ Нужны целые числа через пробел, без пробелов и запятых внутри: 1500 75000.
}
