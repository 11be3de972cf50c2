import { answerInsight } from '../../src/insight/answerInsight.ts'
import type { InsightProcess } from '../../src/insight/insightProcess.ts'
import { openStore } from '../../src/store/openStore.ts'
import type { Store } from '../../src/store/store.ts'

/**
 * What a process of insight does, in this one: starting one for each of hundreds of tests takes a second of a core.
 * It reads through a handle of its own, and all that goes in and comes out is copied, as between processes. Those
 * themselves are tested by `insightRunner.test.ts` and by every test that starts the whole server.
 */
export function startInsightHere(databaseUrl: string): InsightProcess {
  let opened: Promise<Store> | undefined
  let running: Promise<unknown> = Promise.resolve()
  let isAlive = true
  return {
    ask: async (request, { signal, onPart }) => {
      signal?.throwIfAborted()
      const aborted = new Promise<never>((_resolve, reject) => {
        signal?.addEventListener(
          'abort',
          () => {
            isAlive = false
            reject(signal.reason)
          },
          { once: true },
        )
      })
      const open = () => (opened ??= openStore(databaseUrl, { readOnly: true, connections: 1 }))
      const answer = answerInsight(open, structuredClone(request), async (part) => {
        await onPart?.(structuredClone(part))
      })
      running = answer
      return structuredClone(await Promise.race([answer, aborted]))
    },
    isAlive: () => isAlive,
    end: async () => {
      isAlive = false
      await running
      const store = await opened
      await store?.close()
    },
  }
}
