morning-title = ☀️ <b>Пока были тихие часы: { $n } { $n ->
    [one] новость
    [few] новости
   *[many] новостей
}</b>
morning-line = <b>{ $n }.</b> { $line }
morning-line-gone = { $n }. <i>больше не актуально</i>
morning-how = Нажмите номер, чтобы открыть новость с её кнопками.
