problem-other = The platform may object: { $code }
problem-empty = The post is empty: no text and no file.
problem-empty-part = Part { $part } has no text.
problem-too-long = The text is too long: { NUMBER($count) } of { NUMBER($limit) }, { NUMBER($over) } too many. Shorten it.
problem-caption-too-long = The caption is too long: { NUMBER($count) } of { NUMBER($limit) }, { NUMBER($over) } too many. Shorten it.
problem-bad-link = The link “{ $address }” will not open: check the address.
problem-too-many-files = There are { $count } files; an album holds { $limit }.
problem-mixed-album = These files cannot stand in one album: photos and videos mix, documents and music only with their own kind.
problem-media-address = File { $number } was not found: its address is wrong.
problem-file-too-large = File { $number } is too large: { $megabytes } MB, the limit is { $limit } MB.
problem-telegram-too-many-entities = Too much formatting: { $count } places, Telegram shows only { $limit }.
problem-telegram-buttons-album = Telegram allows no buttons under an album.
problem-telegram-option = The setting “{ $option }” was not understood and is not used.
problem-kind-not-taken = File { $number }: the platform does not take { $kind ->
    [image] pictures
    [video] videos
    [animation] animations
    [audio] audio files
   *[document] documents
}.
problem-media-needed = At least one file is needed here: the platform takes no posts without a picture or a video.
problem-alt-too-long = The description of file { $number } is longer than { $limit } characters: its end will be cut.
problem-discord-embed-too-long = The embed does not fit: “{ $what }” is { NUMBER($count) }, the limit is { NUMBER($limit) }.
problem-discord-option = The setting “{ $option }” was not understood and is not used.
problem-vk-not-editor = You need to be an editor of this community.
problem-too-many-hashtags = There are { $count } hashtags; the platform takes at most { $limit }.
problem-too-many-mentions = There are { $count } mentions; the platform takes at most { $limit }.
problem-too-many-links = There are { $count } links; the platform takes at most { $limit }.
problem-vk-files = A community's key does not let files be attached. Take them away, or connect the channel with an editor's token.
