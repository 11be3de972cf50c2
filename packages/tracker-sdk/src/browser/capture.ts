import type { Ciclo, CicloOptions } from '../ciclo.ts'
import type { Identity } from './createIdentity.ts'

/** What a capture is given when the tracker starts. */
export interface CaptureTools {
  ciclo: Ciclo
  options: CicloOptions
  /** Where the tracker's server is, without a slash at the end. */
  host: string
  identity: Identity
  /** Whether the visitor has agreed. */
  isAllowed: () => boolean
  /** Runs the work now, later or never, as consent has it. */
  whenAllowed: (work: () => void) => void
  /**
   * Calls back with what has the name: the type of an event that is recorded; `seen`, a page is, with consent or without;
   * `answer`, what the server has said to events; `withdrawal` of consent.
   */
  hear: (name: string, listener: (heard: unknown) => void) => void
}

/** Watches something on the page and records it by the tracker's own calls. */
export type Capture = (tools: CaptureTools) => void
