import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Every code that an answer or a log line can carry, and the status that goes with it. */
const STATUSES = {
  'bad-json': 400,
  'bad-request': 400,
  'unknown-key': 401,
  'foreign-database': 401,
  'wrong-password': 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'shop-refuses': 409,
  'too-large': 413,
  'invalid-journey': 422,
  'invalid-template': 422,
  'too-many-requests': 429,
  'too-many-sign-ups': 429,
  'bad-configuration': 500,
  internal: 500,
  'shop-unavailable': 503,
  'store-unavailable': 503,
} as const satisfies Record<string, ContentfulStatusCode>

export type ErrorCode = keyof typeof STATUSES

export interface CicloErrorOptions extends ErrorOptions {
  /** When the same request may be sent again, in seconds: where it is known, for 429 and 503. */
  retryAfter?: number
  /** Everything that is wrong, each with its place: where one line cannot say it. */
  problems?: readonly object[]
}

/** The one error of Ciclo: a stable code, the HTTP status that follows from it, and what caused it. */
export class CicloError extends Error {
  override readonly name = 'CicloError'
  readonly code: ErrorCode
  readonly status: ContentfulStatusCode
  readonly retryAfter: number
  readonly problems: readonly object[] | undefined

  constructor(code: ErrorCode, message: string, options?: CicloErrorOptions) {
    super(message, options)
    this.code = code
    this.status = STATUSES[code]
    this.retryAfter = options?.retryAfter ?? 1
    this.problems = options?.problems
  }
}

/**
 * An error as RFC 9457 problem+json. `code` and `message` stand beside the RFC's members because Segment's clients
 * and people read those.
 */
export function problemOf(error: CicloError) {
  return {
    type: 'about:blank',
    title: error.code,
    status: error.status,
    detail: error.message,
    code: error.code,
    message: error.message,
    ...(error.problems ? { problems: error.problems } : {}),
  }
}
