unit-rate = откликов на показы
unit-reactions = реакций
unit-engagements = откликов
trait-kind = «{ $kind }»
trait-day_part-night = ночью
trait-day_part-morning = утром
trait-day_part-midday = днём
trait-day_part-afternoon = под вечер
trait-day_part-evening = вечером
trait-weekday-0 = в понедельник
trait-weekday-1 = во вторник
trait-weekday-2 = в среду
trait-weekday-3 = в четверг
trait-weekday-4 = в пятницу
trait-weekday-5 = в субботу
trait-weekday-6 = в воскресенье
trait-length-short = короткий текст
trait-length-medium = средний текст
trait-length-long = длинный текст
trait-media-yes = с картинкой или видео
trait-media-no = без картинки
trait-question-yes = с вопросом
trait-question-no = без вопроса
trait-link-yes = со ссылкой
trait-link-no = без ссылки
trait-emoji-yes = с эмодзи
trait-emoji-no = без эмодзи

forecast-line = 📈 Прогноз { $unit }: ≈ { $expected } (в 4 случаях из 5: { $low }–{ $high }) · по { $n } { $n ->
    [one] посту
   *[other] постам
}
forecast-factors = {"  "}{ $factors }
forecast-low = {"  "}Постов пока немного, прогноз осторожный.
forecast-not-enough = 📈 Для прогноза мало данных: { $n } { $n ->
    [one] пост
    [few] поста
   *[many] постов
} с откликами, нужно { $needed }

analytics-title = 📊 <b>Аналитика</b> · { $name } · { $days } { $days ->
    [one] день
    [few] дня
   *[many] дней
}
analytics-empty = За это время и за такое же перед ним ничего не вышло, поэтому считать нечего. Числа появятся после первых публикаций.
analytics-posts = 📝 Постов: <b>{ $n }</b>{ $change }
analytics-engagements = ❤️ Отклики: <b>{ $value }</b>{ $change }
analytics-per-post = В среднем на публикацию: <b>{ $value }</b>{ $change }
analytics-reach = 👀 Охват: <b>{ $value }</b>{ $change }
analytics-followers = 👥 { $name }: <b>{ $value }</b>{ $change }
analytics-same = {" "}(столько же)
analytics-was = {" "}(было { $value })
analytics-trend = { $n ->
    [1] Отклики по дням
   *[other] Отклики, столбик за { $n } { $n ->
        [one] день
        [few] дня
       *[many] дней
    }
}:
    <code>{ $bars }</code>
analytics-best = 🏆 Лучшие посты:
analytics-post = <b>#{ $number }</b> · { $value } · { $text }
analytics-no-text = файл без подписи
analytics-without-numbers = <i>Без чисел пока { $n } { $n ->
    [one] публикация, и здесь она не учтена
    [few] публикации, и здесь они не учтены
   *[many] публикаций, и здесь они не учтены
}.</i>
analytics-blind = <i>Просмотров здесь нет, боту их не сообщают: { $platforms }.</i>
analytics-days = { $n } дн.
analytics-section-totals = Итоги
analytics-section-platforms = Каналы
analytics-section-kinds = Виды
analytics-section-hours = Часы
analytics-section-top = Лучшие
analytics-section-how = Метод
analytics-csv = 📄 Скачать CSV
analytics-csv-caption = { $n } { $n ->
    [one] публикация
    [few] публикации
   *[many] публикаций
}. Открывается в Excel и Google Таблицах.
analytics-other = 📦 Другой продукт
analytics-pick = 📊 Чью аналитику показать?
analytics-no-product = 📊 Пока нет ни одного продукта, и считать нечего. Добавьте первый: хватит названия.
analytics-column-channel = Канал
analytics-column-posts = Посты
analytics-column-engagements = Отклики
analytics-column-views = Показы
analytics-column-kind = Вид
analytics-column-hour = Час
analytics-column-usual = К обычному
analytics-no-kind = Без вида
analytics-kinds-hint = <i>×1 значит «как обычно» для этой площадки за этот период. Прочерк: постов с числами меньше { $n }, сравнивать рано.</i>
analytics-hours-bars = Когда выходили посты, от 0 до 23 часов:
    <code>{ $bars }</code>
analytics-top-hint = 🏆 Лучшие относительно обычного поста своей площадки:
analytics-top-empty = У постов этого периода пока нет чисел, сравнивать нечего.
analytics-how-forecast = <b>Прогноз</b> берётся только из ваших постов на той же площадке, от { $needed } постов с числами и старше суток. Свойство поста учитывается, если его влияние не объяснить случайностью. В вилку попадают { $level } постов из 100.
analytics-how-prior = <b>Исходное предположение</b>, пока своих данных мало: 2–3 отклика на 100 показов, а где показов нет, 1 отклик на 100 подписчиков. Оно весит как { $weight } { $weight ->
    [one] пост
    [few] поста
   *[many] постов
}. Если неизвестны и подписчики, не предполагаем ничего.
analytics-how-times = <b>Лучшее время</b> называем от { $needed } постов и только если час или день недели выделяется сильнее случайного. Иначе предлагаем обычные часы и так и говорим.
analytics-how-held = <b>Проверка:</b> за этот период в вилку попали { $inside } из { $n } { $n ->
    [one] прогноза
   *[other] прогнозов
}.
analytics-how-not-held = <b>Проверка:</b> за этот период не вышло ни одного поста, для которого был прогноз.
analytics-invites = По ссылкам-приглашениям за всё время:
analytics-invite = 🔗 { $name } ({ $link }): { $n ->
        [one] пришёл <b>{ $n }</b> человек
        [few] пришли <b>{ $n }</b> человека
       *[many] пришли <b>{ $n }</b> человек
    }
analytics-invite-unnamed = без названия
