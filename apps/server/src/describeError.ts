/** The innermost cause. What Drizzle wraps around a database's own error lists the query's values: personal data. */
function innermost(error: unknown): unknown {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  return inner
}

/** An error in one line, as it may stand beside a parked input or a message. */
export function describeError(error: unknown): string {
  const inner = innermost(error)
  return inner instanceof Error ? `${inner.name}: ${inner.message}` : String(inner)
}

/** An error as it may stand in a log. */
export function serializeError(error: unknown) {
  const inner = innermost(error)
  return { message: describeError(inner), stack: inner instanceof Error ? inner.stack : undefined }
}
