drafts-title = 📝 <b>Ждут решения</b> · { $n } { $n ->
    [one] черновик
    [few] черновика
   *[many] черновиков
}
drafts-empty = 📝 Черновиков нет. Пришлите идею, текст или фото.
drafts-line = <b>#{ $number }</b> { $excerpt } · <i>{ $distance }</i>
drafts-media = без текста, { $n } { $n ->
    [one] файл
    [few] файла
   *[many] файлов
}
