import type { ConsentState } from '../ciclo.ts'

/** Calls that wait for consent. The oldest goes when there are more. */
const MAX_WAITING = 500

export interface Gate {
  /** Runs the work now, later or never, as consent has it. Order is kept. */
  pass(work: () => void): void
  set(state: ConsentState): void
  isOpen: () => boolean
}

/** Holds back everything that would read, store or send something until the visitor has agreed. */
export const createGate = (): Gate => {
  let state: ConsentState = 'pending'
  let waiting: (() => void)[] = []

  return {
    pass(work) {
      if (state === 'granted') work()
      if (state === 'pending') waiting = [...waiting, work].slice(-MAX_WAITING)
    },
    set(next) {
      state = next
      if (state === 'pending') return
      const held = waiting
      waiting = []
      if (state === 'granted') held.forEach((work) => work())
    },
    isOpen: () => state === 'granted',
  }
}
