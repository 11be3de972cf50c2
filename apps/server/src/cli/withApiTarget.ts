import { openApiTarget, type ApiTarget } from './apiTarget.ts'
import type { Surroundings } from './surroundings.ts'

/** Opens the API for one piece of work, and closes it however that ends. */
export async function withApiTarget<T>(
  surroundings: Surroundings,
  work: (target: ApiTarget) => Promise<T>,
): Promise<T> {
  const target = await openApiTarget(surroundings)
  try {
    return await work(target)
  } finally {
    await target.close()
  }
}
