versions-title = 🕓 <b>Версии поста #{ $number }</b> · { $n }
versions-line = <b>v{ $number }</b> · { $when }{ $current ->
    [yes] {" "}· <b>сейчас</b>
   *[no] {""}
}
versions-excerpt = <i>{ $excerpt }</i>
versions-rejected = 👎 Отклонено: { $reason }
versions-reason-created = создан
versions-reason-edited = правка
versions-reason-regenerated = переписан
versions-reason-restored = возвращена прежняя версия
versions-reason-media = файлы
versions-reason-platforms = площадки
versions-by-owner = ваш текст
versions-by-ai = текст ИИ
versions-by-template = по шаблону
versions-files = { $n } { $n ->
    [one] файл
    [few] файла
   *[many] файлов
}
versions-restore = ↩️ Вернуть эту версию
versions-whole = 📄 Показать, как было
versions-list = ‹ Все версии
versions-restored = ↩️ Версия { $number } снова в деле. То, что было после неё, сохранено.
