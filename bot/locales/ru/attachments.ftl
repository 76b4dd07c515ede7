media-title = 📎 <b>Файлы поста #{ $number }</b>{ $n ->
    [0] : пока нет ни одного.
   *[other] {" "}· { $n }
}
media-line = { $n }. { $mark } { $name }
media-alt-line = {"    "}<i>{ $alt }</i>
media-alt-note =
    {""}
    Описание картинки прочтут те, кто её не видит. Telegram его не показывает, другие площадки показывают.
media-kind-image = фото
media-kind-video = видео
media-kind-animation = анимация
media-kind-audio = аудио
media-kind-document = файл
media-add = ➕ Добавить
media-one = 📎 <b>Пост #{ $number }</b> · файл { $n } из { $total }
media-up = ⬆️ Выше
media-down = ⬇️ Ниже
media-alt = 💬 Описание
media-remove = 🗑 Убрать
media-list = ‹ Все файлы
media-ask = ➕ Пришлите фото, видео или файлы к посту <b>#{ $number }</b>. Можно альбомом, можно по одному.
media-ask-alt = 💬 Что на картинке { $n }? Опишите в одном-двух предложениях.
media-alt-now = Сейчас: <i>{ $alt }</i>
media-alt-forget = Убрать описание
media-removed = 🗑 Файл убран. Он остался в прежней версии.
media-added = 📎 Добавлено. Пришлите ещё или вернитесь к черновику.
media-not-added = ⚠️ Пока вы добавляли, черновик изменился. Последний файл не добавлен: откройте «Добавить» ещё раз.
media-alt-saved = 💬 Описание сохранено.
media-alt-forgotten = 💬 Описание убрано.
media-too-many = В посте может быть не больше { NUMBER($limit) } файлов. Этот не добавлен.
media-need-file = Здесь нужен файл. Пришлите фото, видео или документ или нажмите «Назад». Текст меняется кнопкой «Текст».
