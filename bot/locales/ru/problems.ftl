problem-other = Площадке может не понравиться: { $code }
problem-empty = В посте ничего нет: ни текста, ни файла.
problem-empty-part = В части { $part } нет текста.
problem-too-long = Текст длиннее предела: { NUMBER($count) } из { NUMBER($limit) }, лишнего { NUMBER($over) }. Сократите его.
problem-caption-too-long = Подпись длиннее предела: { NUMBER($count) } из { NUMBER($limit) }, лишнего { NUMBER($over) }. Сократите её.
problem-bad-link = Ссылка «{ $address }» не откроется: проверьте адрес.
problem-too-many-files = Файлов { $count }, а в одном альбоме помещается { $limit }.
problem-mixed-album = Такие файлы вместе в альбом не собрать: фото и видео можно, документы и музыка только отдельно.
problem-media-address = Файл { $number } не найден: у него неверный адрес.
problem-file-too-large = Файл { $number } слишком велик: { $megabytes } МБ при пределе { $limit } МБ.
problem-telegram-too-many-entities = Оформления слишком много: { $count } мест, Telegram покажет только { $limit }.
problem-telegram-buttons-album = Под альбомом Telegram не разрешает кнопки.
problem-telegram-option = Настройка «{ $option }» непонятна и не применена.
problem-kind-not-taken = Файл { $number }: такие файлы ({ $kind ->
    [image] картинки
    [video] видео
    [animation] анимации
    [audio] аудио
   *[document] документы
}) площадка не принимает.
problem-media-needed = Здесь нужен хотя бы один файл: посты без картинки или видео площадка не принимает.
problem-alt-too-long = Описание файла { $number } длиннее { $limit } знаков: конец будет отрезан.
problem-discord-embed-too-long = Рамка (embed) не поместится: «{ $what }» { NUMBER($count) } при пределе { NUMBER($limit) }.
problem-discord-option = Настройка «{ $option }» непонятна и не применена.
problem-vk-not-editor = Нужны права редактора этого сообщества.
problem-too-many-hashtags = Хештегов { $count }, а площадка принимает не больше { $limit }.
problem-too-many-mentions = Упоминаний { $count }, а площадка принимает не больше { $limit }.
problem-too-many-links = Ссылок { $count }, а площадка принимает не больше { $limit }.
problem-vk-files = Ключ сообщества не даёт прикреплять файлы. Уберите их или подключите канал токеном редактора.
