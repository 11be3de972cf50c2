import { expect, test } from 'vitest'
import { closingLine, countTests } from '../support/countTests.ts'

const report = (
  passed: number,
  failed: number,
  pending: number,
  todo: number,
  files: unknown[] = [],
): unknown => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: pending,
  numTodoTests: todo,
  testResults: files,
})
const fileWithFailure = { status: 'failed', assertionResults: [{ status: 'failed' }] }
const fileThatDoesNotLoad = { status: 'failed', assertionResults: [] }

test.each([
  ['all passed', report(12, 0, 0, 0), 0, '12 passed, 0 failed'],
  ['skipped and todo', report(12, 0, 2, 1), 0, '12 passed, 0 failed, 3 skipped'],
  ['a failed test', report(11, 1, 0, 0, [fileWithFailure]), 1, '11 passed, 1 failed'],
  ['a file that cannot be loaded', report(11, 0, 0, 0, [fileThatDoesNotLoad]), 1, '11 passed, 1 failed'],
  ['both', report(10, 1, 0, 0, [fileWithFailure, fileThatDoesNotLoad]), 1, '10 passed, 2 failed'],
  ['an error outside of any test', report(12, 0, 0, 0), 1, '12 passed, 1 failed'],
  ['no report, though it failed', null, 1, '0 passed, 1 failed'],
  ['no test', report(0, 0, 0, 0), 0, '0 passed, 0 failed'],
])('%s', (_, result, exitCode, line) => {
  expect(closingLine(countTests(result, exitCode))).toBe(line)
})
