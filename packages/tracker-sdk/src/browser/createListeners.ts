import type { TrackerEvent } from '../trackerEvent.ts'
import { guard } from './guard.ts'

type Listener = (event: TrackerEvent) => void

/** What the page wants to hear of the events. A listener that throws disturbs nobody else. */
export const createListeners = () => {
  const listeners = new Set<readonly [wanted: TrackerEvent['type'] | '*', listener: Listener]>()

  return {
    /** Answers how to stop it. */
    add(wanted: TrackerEvent['type'] | '*', listener: Listener) {
      const entry = [wanted, guard(listener)] as const
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    tell(event: TrackerEvent) {
      listeners.forEach(([wanted, listener]) => {
        if (wanted === '*' || wanted === event.type) listener(event)
      })
    },
  }
}
