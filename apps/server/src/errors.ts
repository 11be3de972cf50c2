import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** Every code that an answer or a log line can carry, and the status that goes with it. */
const STATUSES = {
  'bad-json': 400,
  'bad-request': 400,
  'unknown-key': 401,
  forbidden: 403,
  'not-found': 404,
  'too-large': 413,
  'too-many-requests': 429,
  'bad-configuration': 500,
  internal: 500,
  'store-unavailable': 503,
} as const satisfies Record<string, ContentfulStatusCode>

export type ErrorCode = keyof typeof STATUSES

/** The one error of Ciclo: a stable code, the HTTP status that follows from it, and what caused it. */
export class CicloError extends Error {
  override readonly name = 'CicloError'
  readonly code: ErrorCode
  readonly status: ContentfulStatusCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.status = STATUSES[code]
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
  }
}
