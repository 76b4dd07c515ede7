down-of-part = 🔴 <b>Молчит часть NEXUS: { $name }</b>
down-of-redis = 🔴 <b>Redis не отвечает</b>
down-of-database = 🔴 <b>База данных не отвечает</b>
down-of-queue = 🔴 <b>Посты не уходят</b>
    { $n ->
        [one] { $n } пост должен был уже выйти, и ничто его не держит.
        [few] { $n } поста должны были уже выйти, и ничто их не держит.
       *[many] { $n } постов должны были уже выйти, и ничто их не держит.
    }
down-of-signatures = 🔴 <b>События «{ $product }» приходят с неверной подписью</b>
down-of-other = 🔴 <b>Не работает: { $name }</b>
down-since = С { $when }
down-means-part = Проверьте, запущен ли этот процесс.
down-means-part-scheduler = Пока он молчит, посты по расписанию не выходят, но и не теряются: выйдут, когда он вернётся. Проверьте, запущен ли <code>nexus scheduler</code>.
down-means-part-worker = Пока она молчит, посты не отправляются, но и не теряются. Проверьте, запущен ли <code>nexus worker</code>.
down-means-part-bot = Уведомления ждут его возвращения. Проверьте, запущен ли <code>nexus bot</code>.
down-means-part-receiver = Пока он молчит, события не принимаются; исправные отправители повторят попытку. Проверьте, запущен ли <code>nexus receiver</code>.
down-means-redis = Посты всё равно выходят: что не дошло через Redis, находится в базе, только на несколько секунд позже. Проверьте <code>REDIS_URL</code> и сам сервер.
down-means-database = Без неё ничего не делается и ничего не теряется.
down-means-queue = Посмотрите в «Состоянии», отвечают ли планировщик и отправка постов.
down-means-signatures = Такие события не принимаются. Если секрет меняли, замените его и у отправителя; если нет, кто-то подбирает подпись, и делать ничего не нужно.
down-means-other = Подробности в журнале.
down-again = Так уже { $n }-й раз подряд.
down-over-part = 🟢 <b>Снова на связи: { $name }</b>
down-over-redis = 🟢 <b>Redis снова отвечает</b>
down-over-database = 🟢 <b>База данных была недоступна, теперь отвечает</b>
down-over-queue = 🟢 <b>Посты снова уходят</b>
down-over-signatures = 🟢 <b>Неверных подписей у «{ $product }» больше нет</b>
down-over-other = 🟢 <b>Снова работает: { $name }</b>
down-lasted = Перерыв: { $began } – { $ended }, { $n } { $n ->
    [one] минута
    [few] минуты
   *[many] минут
}.
