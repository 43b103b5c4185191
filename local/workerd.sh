#!/bin/sh
# workerd outlives a killed parent and dies of the terminal's Ctrl-C before it: mend both, then become workerd.
# Descriptor 3 is Miniflare's control pipe; the watcher must not hold it open.
parent=$PPID
(while kill -0 $parent 2>&-; do sleep 1; done; kill -9 $$) <&- >&- 2>&- 3>&- &
trap '' INT
exec "$WORKERD" "$@"
