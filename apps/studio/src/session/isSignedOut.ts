import { ApiProblem } from '../api/apiProblem.ts'

/** Whether the server has refused a question because its session has ended. */
export const isSignedOut = (error: unknown): boolean =>
  error instanceof ApiProblem && error.code === 'unknown-key'
