ui-yes = Да
ui-back = ‹ Назад
ui-cancel = Отмена
ui-home = 🏠 Главная
ui-refresh = 🔄 Обновить

form-need-text = Здесь нужен текст. Напишите его сообщением или нажмите «Отмена».
form-too-long = Слишком длинно: { NUMBER($length) } { $length ->
    [one] знак
    [few] знака
   *[many] знаков
} при пределе { NUMBER($limit) }. Сократите и пришлите ещё раз.

time-now = сейчас
time-today = сегодня
time-tomorrow = завтра
time-yesterday = вчера
time-in-seconds = через { $n } { $n ->
    [one] секунду
    [few] секунды
   *[many] секунд
}
time-in-minutes = через { $n } { $n ->
    [one] минуту
    [few] минуты
   *[many] минут
}
time-in-hours = через { $n } { $n ->
    [one] час
    [few] часа
   *[many] часов
}
time-in-days = через { $n } { $n ->
    [one] день
    [few] дня
   *[many] дней
}
time-ago-seconds = { $n } { $n ->
    [one] секунду
    [few] секунды
   *[many] секунд
} назад
time-ago-minutes = { $n } { $n ->
    [one] минуту
    [few] минуты
   *[many] минут
} назад
time-ago-hours = { $n } { $n ->
    [one] час
    [few] часа
   *[many] часов
} назад
time-ago-days = { $n } { $n ->
    [one] день
    [few] дня
   *[many] дней
} назад

gate-refusal = Это личный бот, он работает только со своим владельцем.

command-start = Главная: продукты, очередь, что ждёт решения
command-new = Новый пост: идея, текст, фото
command-post = Готовый текст: /post продукт текст
command-generate = Пост по идее: /generate продукт идея
command-week = План на неделю: /week продукт
command-queue = Очередь публикаций
command-drafts = Черновики, которые ждут решения
command-approve = Одобрить по номеру: /approve 12
command-find = Найти пост по словам или номеру
command-products = Продукты: выбрать, добавить, настроить голос
command-channels = Каналы: подключить, проверить, настроить
command-templates = Шаблоны: готовые, свои, заполнить
command-automations = Автоматизации: что настроено и когда
command-events = События, о которых сообщили продукты
command-analytics = Аналитика: чего добились посты
command-suggest = Подсказки: что сделать дальше
command-usage = Расходы на ИИ: сегодня, за месяц, пределы
command-pause = Остановить всё, продукт или автоматизацию
command-resume = Снять с паузы
command-settings = Настройки: пояс, правила, ИИ, уведомления
command-status = Состояние: версия, база, очередь, каналы
command-help = Что умеет NEXUS и с чего начать
command-cancel = Отменить начатое
