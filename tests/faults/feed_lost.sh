# shellcheck shell=bash
# shellcheck disable=SC2154  # set by who sources this
scenario feed-lost "the public feed's topics are deleted beneath their publisher, all of them, then a table's alone"

# Told anew, as they were. Of the events there are other offsets now: whoever reads them begins again.
feed-lost() {
  lose_of_the_feed no-feed
  end_reading
  rm -rf "$work/read"
  begin_reading
  stop_clients
  wait_for 120 "the feed is told anew" feed_is_told
  start_clients u v w
  lose_of_the_feed no-table
}
lose_of_the_feed() { # lose_of_the_feed KIND: as forge has it
  end_node c TERM
  some_more
  forge "$1"
  some_more
  start_node c
}
