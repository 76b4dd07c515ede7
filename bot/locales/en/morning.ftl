morning-title = ☀️ <b>{ $n ->
    [one] One piece of news
   *[other] { $n } pieces of news
} from the quiet hours</b>
morning-line = <b>{ $n }.</b> { $line }
morning-line-gone = { $n }. <i>no longer of interest</i>
morning-how = Tap a number to open the news with its buttons.
