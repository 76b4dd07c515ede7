told-numbers-untold-posts = 📊 { $platform } tells no numbers of the posts of “{ $name }”. Publishing goes on as usual; the statistics will lack these posts. If some rights were left out when you connected it, connect it again.
told-numbers-untold-followers = 📊 { $platform } does not tell how many follow “{ $name }”. Publishing goes on as usual.
