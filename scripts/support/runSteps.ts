export type Step = {
  name: string
  /** Returns what to show and whether the step found nothing wrong. */
  run: () => Promise<{ passed: boolean; output: string }>
}

export type StepResult = { name: string; passed: boolean; output: string; seconds: number }

/**
 * Runs independent steps, a few at a time, to the end even when one fails.
 *
 * @param onEnd called as each step ends
 * @returns the results in the order of the steps
 */
export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  onEnd: (result: StepResult) => void,
): Promise<StepResult[]> {
  const results: StepResult[] = []
  const queue = steps.entries()

  const work = async (): Promise<void> => {
    for (const [index, step] of queue) {
      const started = performance.now()
      const outcome = await step.run().catch((error: unknown) => ({ passed: false, output: String(error) }))
      const result = { name: step.name, ...outcome, seconds: (performance.now() - started) / 1000 }
      results[index] = result
      onEnd(result)
    }
  }

  await Promise.all(Array.from({ length: atOnce }, work))
  return results
}
