/** The innermost cause. What Drizzle wraps around a database's own error lists the query's values: personal data. */
function innermost(error: unknown): unknown {
  let inner = error
  while (inner instanceof Error && inner.cause instanceof Error) inner = inner.cause
  return inner
}

/**
 * What in an error's message may be somebody's data: what stands in quotes (JSON's parser and PostgreSQL quote what they
 * were given), behind an equals sign, or looks like an address or a long number.
 */
const VALUES: readonly (readonly [RegExp, string])[] = [
  [/"(?:[^"\\]|\\.)*(?:"|$)/gs, '"…"'],
  [/`[^`]*`/gs, '`…`'],
  [/(?<![\p{L}\p{N}])'[^']*'/gsu, "'…'"],
  [/=\s*\([^)]*\)/gs, '=(…)'],
  [/[^\s<>(),;:]+@[^\s<>(),;:]+/g, '…@…'],
  [/\+?\d[\d ./-]{5,}\d/g, '…'],
]

/** A server's answer may say anything, the address included: only its code and how far it came are ours to repeat. */
function describeSmtp(error: Error & { responseCode: number; command?: string; response?: string }): string {
  const { responseCode, command = '', response = '' } = error
  const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0]
  return ['SMTP', responseCode, enhanced, command && `to ${command}`].filter(Boolean).join(' ')
}

const isSmtp = (error: Error): error is Error & { responseCode: number } =>
  typeof (error as { responseCode?: unknown }).responseCode === 'number'

/** An error in one line, without the data that it happened to: for logs, and beside a parked input or a message. */
export function describeError(error: unknown): string {
  const inner = innermost(error)
  if (!(inner instanceof Error)) return `A ${typeof inner} was thrown`
  if (isSmtp(inner)) return describeSmtp(inner)
  // Of a statement that failed without a cause Drizzle's message is the statement and its values.
  if (inner.message.startsWith('Failed query')) return `${inner.name}: Failed query`
  const { code } = inner as { code?: unknown }
  const message = VALUES.reduce((text, [pattern, mask]) => text.replace(pattern, mask), inner.message)
  const prefix = typeof code === 'string' && /^\w{1,40}$/.test(code) ? `${inner.name} ${code}` : inner.name
  return `${prefix}: ${message.slice(0, 500)}`
}

/** An error as it may stand in a log. A stack begins with the message, which is left out. */
export function serializeError(error: unknown) {
  const inner = innermost(error)
  const frames =
    inner instanceof Error ? inner.stack?.split('\n').filter((line) => /^\s+at /.test(line)) : undefined
  return { message: describeError(inner), stack: frames?.join('\n') }
}
