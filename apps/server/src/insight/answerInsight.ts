import { classifyError } from '../store/classifyError.ts'
import type { Store } from '../store/store.ts'
import type { InsightAnswer, InsightRequest } from './insightProcess.ts'
import { INSIGHT_TASKS } from './insightTasks.ts'

/** Runs a task on a store. Nothing is thrown: what failed is the answer, with the kind of failure that it is. */
export async function answerInsight(
  open: () => Promise<Store>,
  { name, input }: Omit<InsightRequest, 'databaseUrl'>,
  tell: (part: unknown) => Promise<void>,
): Promise<InsightAnswer> {
  try {
    return { done: true, result: await INSIGHT_TASKS[name](await open(), input as never, tell) }
  } catch (error) {
    return { done: false, error, kind: classifyError(error) }
  }
}
