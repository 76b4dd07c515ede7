automations-title = ⚙️ <b>Автоматизации</b> · { $n }
automations-empty = ⚙️ Автоматизаций пока нет. Опишите их в файле и выполните <code>nexus import файл</code>.
automations-line = { $mark } <b>{ $name }</b> · { $product }
automations-back = ‹ Автоматизации
automation-title = { $mark } <b>{ $name }</b> · { $product }
automation-head-when = <b>Когда</b>
automation-head-if = <b>Если</b>
automation-head-do = <b>То</b>
automation-nothing = –
automation-more = и ещё { $n }
automation-next = ⏭ По расписанию следующий раз: { $when }
automation-never = ⏭ По этому расписанию не сработает никогда.
automation-ran = Срабатывала: { $n } { $n ->
    [one] раз
    [few] раза
   *[many] раз
}, последний: { $when }
automation-ran-never = Ещё не срабатывала
automation-trigger-event = приходит событие «{ $event }»
automation-trigger-event-from = приходит событие «{ $event }» (источник: { $source })
automation-trigger-schedule-in = { $rhythm } ({ $zone })
automation-trigger-bad-cron = по расписанию, которое не удаётся прочесть: <code>{ $cron }</code>
automation-trigger-metric = меняется показатель «{ $metric }»: { $condition }
automation-trigger-other = неизвестное условие запуска: { $kind }
automation-cron = по расписанию <code>{ $cron }</code>
automation-daily = каждый день в { $time }
automation-on-workdays = по будням в { $time }
automation-on-weekdays = { $days } в { $time }
automation-on-month-days = по числам: { $days }, в { $time }
automation-every-minutes = { $n ->
    [one] каждую { $n } минуту
    [few] каждые { $n } минуты
   *[many] каждые { $n } минут
}
automation-every-hours = { $n ->
    [one] каждый час
    [few] каждые { $n } часа
   *[many] каждые { $n } часов
}, в { $minute } минут
automation-condition = • { $field } { $op } { $value }
automation-condition-bare = • { $field } { $op }
automation-condition-other = • { $text }
automation-group-all = • всё из этого:
automation-group-any = • хотя бы одно из этого:
automation-group-not = • не так:
automation-op-eq = =
automation-op-ne = ≠
automation-op-gt = &gt;
automation-op-ge = ≥
automation-op-lt = &lt;
automation-op-le = ≤
automation-op-in = одно из:
automation-op-not-in = ни одно из:
automation-op-contains = содержит
automation-op-not-contains = не содержит
automation-op-starts = начинается с
automation-op-ends = кончается на
automation-op-matches = подходит под
automation-op-exists = есть
automation-op-not-exists = отсутствует
automation-op-between = между
automation-op-milestone = достигает рубежа
automation-action = { $number }. { $what }
automation-do-generate = написать пост
automation-do-publish = опубликовать
automation-do-notify = сообщить вам
automation-do-cross-promote = рассказать в другом продукте
automation-do-repost = повторить пост
automation-do-wait = подождать
automation-do-branch = выбрать ветку
automation-do-save-as-template = сохранить как шаблон
automation-do-call-webhook = вызвать адрес
automation-do-pause = поставить на паузу
automation-with-template = шаблон «{ $name }»
automation-when = время: { $mode }
automation-after = через { $delay }
automation-to = { $host }
automation-product = продукт: { $value }
automation-message = «{ $value }»
automation-mode-now = сразу
automation-mode-at = назначенное
automation-mode-optimal = лучшее
automation-mode-slot = ближайшее окно
automation-mode-next = ближайшее окно
automation-mode-distributed = площадки по очереди
automation-mode-queue = по очереди
automation-metric-engagement = вовлечённость
automation-metric-followers = подписчики
automation-metric-reach = охват
automation-metric-impressions = показы
automation-metric-likes = реакции
automation-metric-comments = комментарии
automation-metric-shares = репосты
automation-metric-views = просмотры
automation-metric-clicks = переходы
automation-switch-on = ▶️ Включить
automation-switch-off = ⏸ Выключить
automation-switched-on = ▶️ «{ $name }» включена.
automation-switched-off = ⏸ «{ $name }» выключена.
automation-log = 📜 Журнал · { $n }
automation-log-title = 📜 <b>Журнал</b> · { $name } · { $n }
automation-log-empty = Записей пока нет.
automation-run-success = ✅ { $when }: выполнено
automation-run-failed = ❌ { $when }: не получилось
automation-run-skipped = ⏭ { $when }: пропущено
automation-run-other = • { $when }: { $status }
automation-run-reason = {"  "}{ $reason }
automation-run-action = {"  "}<code>{ $text }</code>
automation-delete = 🗑 Удалить
automation-ask-delete = Удалить автоматизацию «{ $name }»? { $n ->
    [0] Журнал её пуст.
    [one] Вместе с ней пропадёт { $n } запись журнала.
    [few] Вместе с ней пропадут { $n } записи журнала.
   *[many] Вместе с ней пропадут { $n } записей журнала.
} Вернуть её можно будет только повторным импортом.
automation-deleted = 🗑 Автоматизация удалена.
automation-kept = Ничего не удалено: её уже нет или она изменилась после вопроса.
automation-run-running = ⏳ { $when }: идёт
automation-run-cancelled = ⏹ { $when }: прервано
automation-result-success = готово
automation-result-failed = не получилось
automation-result-skipped = делать было нечего
automation-result-waiting = ждёт
automation-step = {"  "}{ $what }: { $result }
automation-step-why = {"  "}{ $what }: { $result } ({ $why })
automation-step-draft = {"  "}{ $what }: { $result } · #{ $number }
automation-skip-conditions = {"  "}Условия не выполнены:
automation-skip-cooldown = {"  "}Правило только что сработало, и заданный перерыв ещё не прошёл.
automation-skip-limit-hour = {"  "}За этот час правило уже сработало столько раз, сколько вы разрешили.
automation-skip-limit-day = {"  "}За этот день правило уже сработало столько раз, сколько вы разрешили.
automation-skip-paused = {"  "}Всё стояло на паузе.
automation-skip-paused-product = {"  "}Продукт стоял на паузе.
automation-skip-hops = {"  "}Правило уже запустило само себя столько раз подряд, сколько вы разрешили.
automation-skip-invalid = {"  "}Правило не удаётся прочитать.
automation-skip-other = {"  "}Причина: { $code }.
automation-unmet = {"  "}• { $wanted }; а было { $actual }
automation-unmet-missing = {"  "}• { $wanted }; а в событии об этом ничего нет
