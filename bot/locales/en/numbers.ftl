told-numbers-untold-posts = 📊 { $platform } tells no numbers of the posts of “{ $name }”. Publishing goes on as usual; the statistics will lack these posts. If some rights were left out when you connected it, connect it again.
told-numbers-untold-followers = 📊 { $platform } does not tell how many follow “{ $name }”. Publishing goes on as usual.
told-milestone-followers = 🎉 { $milestone } followers: “{ $name }”, { $platform }

    Now there are { $value }.
told-milestone-reach = 🎉 { $milestone } views: “{ $name }”, { $platform }

    So often were all posts of the channel seen together; now it is { $value }.
celebrate-make = 🎉 Make a post of it
celebrate-idea-followers = We have { $milestone } followers on { $platform } ({ $name }). Thank those who are with us.
celebrate-idea-reach = Our posts on { $platform } ({ $name }) were seen { $milestone } times. Thank those who read us.
told-numbers-open = 📊 Analytics
told-spike = 🚀 Post #{ $number } does far better than usual: { $channel }

    { $value } engagements, the usual is { $average }. That rests on { $n ->
        [one] { $n } post
       *[other] { $n } posts
    } of the channel.

    <i>{ $excerpt }</i>
told-drop = 📉 Far fewer engagements than usual: { $channel }

    { $days ->
        [one] { $days } day with posts
       *[other] { $days } days with posts
    } in a row with { $value } a post on average, the usual is { $average }. That rests on { $n ->
        [one] { $n } post
       *[other] { $n } posts
    } of the channel.
told-drop-suggest = 💡 What could be done
