import type { Look } from './finding.ts'

/** Nobody waits longer than this for one answer: milliseconds. */
export const PATIENCE = 5_000

/** A look that ends in time, whatever happens. */
export async function look<Fact>(action: () => Promise<Fact>): Promise<Look<Fact>> {
  let timeout: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timeout = setTimeout(() => reject(new Error(`no answer in ${PATIENCE / 1_000} s`)), PATIENCE)
  })
  try {
    return { found: await Promise.race([action(), tooLate]) }
  } catch (error) {
    const { message, cause } = error as Error
    return { error: cause instanceof Error ? `${message} (${cause.message})` : message }
  } finally {
    clearTimeout(timeout)
  }
}
