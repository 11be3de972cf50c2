import { parentPort, workerData } from 'node:worker_threads'
import { classifyError } from '../store/classifyError.ts'
import { openStore } from '../store/openStore.ts'
import type { Store } from '../store/store.ts'
import { INSIGHT_TASKS } from './insightTasks.ts'
import type { InsightAnswer, InsightRequest } from './insightThread.ts'

/** What is asked over all customers may take its time. */
const PATIENCE = 600_000

const { databaseUrl } = workerData as { databaseUrl: string }
let store: Store | undefined

async function answerTo({ name, input }: InsightRequest): Promise<InsightAnswer> {
  try {
    store ??= await openStore(databaseUrl, { readOnly: true, connections: 1, patience: PATIENCE })
    return { done: true, result: await INSIGHT_TASKS[name](store, input as never) }
  } catch (error) {
    return { done: false, error, kind: classifyError(error) }
  }
}

parentPort?.on('message', (request: InsightRequest) => {
  void answerTo(request).then((answer) => parentPort?.postMessage(answer))
})
