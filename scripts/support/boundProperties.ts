import fc from 'fast-check'
import { endingAfter } from './endingAfter.ts'

declare global {
  /** Test files of one process share fast-check. */
  var arePropertiesBound: true | undefined
}

// For vitest's `setupFiles`, which run before every file. The longest property takes a minute on a slow machine.
if (!globalThis.arePropertiesBound) fc.installGlobalPlugin(endingAfter(240_000))
globalThis.arePropertiesBound = true
