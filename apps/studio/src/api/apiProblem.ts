/** An error of the server, as its problem+json says it (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly status: number
  readonly code: string
  readonly problems: readonly unknown[]

  constructor(status: number, { code, message, problems = [] }: ProblemBody) {
    super(message)
    this.status = status
    this.code = code
    this.problems = problems
  }
}

interface ProblemBody {
  code: string
  message: string
  problems?: readonly unknown[]
}

/** Reads what a server or something before it has answered: never throws, whatever that is. */
export async function problemOf(
  response: Pick<Response, 'json' | 'status' | 'statusText'>,
): Promise<ApiProblem> {
  const body: unknown = await response.json().catch(() => undefined)
  const isProblem = typeof body === 'object' && body !== null && 'message' in body && 'code' in body
  return new ApiProblem(
    response.status,
    isProblem
      ? (body as ProblemBody)
      : { code: 'unknown', message: `${response.status} ${response.statusText}` },
  )
}

/** What to show of whatever was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
