import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { livePath } from './customerApi.ts'
import { customerKey } from './customerQueries.ts'

/** `live`: the server tells at once. `polling`: it does not, and is asked. `away`: the page is not looked at. */
export type LiveStanding = 'connecting' | 'live' | 'polling' | 'away'

/** Milliseconds between two questions where the stream has broken. */
const POLL = 5_000
/** After so long a stream that the server has refused is tried again. */
const TRY_AGAIN = 30_000
/** So long a broken stream may take to come back before the page begins to ask. */
const PATIENCE = 4_000

/**
 * Makes all that is shown of a customer new when something happens to it. Browsers open few connections to one server, so
 * a page that nobody looks at lets go of its stream, and goes on where it was when it is looked at again.
 */
export function useCustomerLive(id: string, version: string | undefined): LiveStanding {
  const queryClient = useQueryClient()
  const [standing, setStanding] = useState<LiveStanding>('connecting')
  const isKnown = version !== undefined
  useEffect(() => {
    if (!isKnown) return undefined
    let since = version
    let stream: EventSource | undefined
    let again: ReturnType<typeof setTimeout> | undefined
    let poll: ReturnType<typeof setInterval> | undefined
    let patience: ReturnType<typeof setTimeout> | undefined
    const refresh = () => void queryClient.invalidateQueries({ queryKey: customerKey(id) })

    const stopPolling = () => {
      clearInterval(poll)
      clearTimeout(patience)
      poll = undefined
      patience = undefined
    }
    const startPolling = () => {
      if (poll !== undefined) return
      setStanding('polling')
      refresh()
      poll = setInterval(refresh, POLL)
    }
    const close = () => {
      stream?.close()
      stream = undefined
      clearTimeout(again)
      stopPolling()
    }
    const open = () => {
      close()
      const opened = new EventSource(livePath(id, since))
      stream = opened
      opened.addEventListener('open', () => {
        stopPolling()
        setStanding('live')
      })
      opened.addEventListener('change', ({ lastEventId }) => {
        since = lastEventId
        refresh()
      })
      opened.addEventListener('gone', () => {
        close()
        refresh()
      })
      opened.addEventListener('error', () => {
        // Refused, as where too many pages follow: the browser itself does not come back then.
        if (opened.readyState === EventSource.CLOSED) {
          startPolling()
          again = setTimeout(open, TRY_AGAIN)
        } else patience ??= setTimeout(startPolling, PATIENCE)
      })
    }
    const onVisible = () => {
      if (document.visibilityState === 'visible') {
        setStanding('connecting')
        open()
      } else {
        close()
        setStanding('away')
      }
    }
    open()
    document.addEventListener('visibilitychange', onVisible)
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      close()
    }
    // A newer version is told by the stream itself: only another customer needs another one.
  }, [id, isKnown, queryClient])
  return standing
}
