import type { Message } from './message.ts'

/** What a step asks the shell to do. Data only: the shell carries it out in the step's own transaction. */
export type Effect =
  | { type: 'message'; message: Message }
  /** Nobody writes to this address any more, whichever customer has it or claims it. */
  | { type: 'suppress'; address: string; reason: 'bounce' | 'complaint'; at: number }
