export type TestCounts = { passed: number; failed: number; skipped: number }

type JsonResult = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[]
}

/**
 * Counts what vitest's JSON report says, and what it does not say as a test: a file that could not be loaded,
 * and a run that failed although no test did (an error outside of any test, or no report at all).
 *
 * @param result the parsed report, or null if there is none
 * @param exitCode vitest's own
 */
export function countTests(result: unknown, exitCode: number): TestCounts {
  if (!isJsonResult(result)) return { passed: 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 }
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  )
  const failed = result.numFailedTests + brokenFiles.length
  return {
    passed: result.numPassedTests,
    failed: exitCode === 0 ? failed : Math.max(failed, 1),
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

/** The closing line, alone on its line, that machines look for. */
export function closingLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function isJsonResult(value: unknown): value is JsonResult {
  return typeof value === 'object' && value !== null && 'numPassedTests' in value && 'testResults' in value
}
