import { clockless } from '../clockless.ts'

const TRIES = 60
const PAUSE = 1_000

/** Asks again, once a second, while what it fails with may pass. Rejects with the last failure. */
export async function untilDone<Result>(
  ask: () => Promise<Result>,
  mayPass: (error: unknown) => boolean,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      if (attempt === TRIES || !mayPass(error)) throw error
      await clockless(PAUSE)
    }
  }
}
