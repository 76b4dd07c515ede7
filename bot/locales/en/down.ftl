down-of-part = 🔴 <b>A part of NEXUS is silent: { $name }</b>
down-of-redis = 🔴 <b>Redis does not answer</b>
down-of-database = 🔴 <b>The database does not answer</b>
down-of-backup = 🔴 <b>The backup failed</b>
down-of-queue = 🔴 <b>Posts do not go out</b>
    { $n ->
        [one] { $n } post should be out already, and nothing holds it back.
       *[other] { $n } posts should be out already, and nothing holds them back.
    }
down-of-signatures = 🔴 <b>Events of “{ $product }” come with a wrong signature</b>
down-of-other = 🔴 <b>Does not work: { $name }</b>
down-since = Since { $when }
down-means-part = Check that this process runs.
down-means-part-scheduler = While it is silent, scheduled posts do not go out. None is lost: they go out when it is back. Check that <code>nexus scheduler</code> runs.
down-means-part-worker = While it is silent, no post is sent, and none is lost. Check that <code>nexus worker</code> runs.
down-means-part-bot = News waits for its return. Check that <code>nexus bot</code> runs.
down-means-part-receiver = While it is silent, events are not taken; well-made senders try again. Check that <code>nexus receiver</code> runs.
down-means-redis = Posts go out all the same: what does not come through Redis is found in the database, a few seconds later. Check <code>REDIS_URL</code> and the server itself.
down-means-database = Without it nothing is done, and nothing is lost.
down-means-backup = It is tried again every half hour. Look whether BACKUP_DIR can be written to and has room; the log has the reason.
down-means-queue = See in Status whether the scheduler and the sending of posts answer.
down-means-signatures = Such events are not taken. If the secret was changed, change it at the sender too; if not, somebody is guessing, and there is nothing you have to do.
down-means-other = The log says more.
down-again = This is time number { $n } in a row.
down-over-part = 🟢 <b>Back again: { $name }</b>
down-over-redis = 🟢 <b>Redis answers again</b>
down-over-database = 🟢 <b>The database was away and answers again</b>
down-over-backup = 🟢 <b>Backups are made again</b>
down-over-queue = 🟢 <b>Posts go out again</b>
down-over-signatures = 🟢 <b>No more wrong signatures at “{ $product }”</b>
down-over-other = 🟢 <b>Works again: { $name }</b>
down-lasted = The gap: { $began } – { $ended }, { $n } { $n ->
    [one] minute
   *[other] minutes
}.
