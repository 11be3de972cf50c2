import { createBacktests } from './createBacktests.ts'

/** Those of this tab. */
export const backtests = createBacktests({ fetch: (...asked) => fetch(...asked) })
