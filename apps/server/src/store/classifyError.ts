import type { StoreErrorKind } from './dialect.ts'

type Rule = readonly [kind: StoreErrorKind, pattern: RegExp]

// The first rule that fits decides, over the codes of SQLite (SQLITE_*), of Node (E*) and of PostgreSQL (five
// characters, https://www.postgresql.org/docs/current/errcodes-appendix.html).
const codeRules: readonly Rule[] = [
  ['busy', /^SQLITE_(BUSY|LOCKED)/],
  ['disk', /^SQLITE_(FULL|IOERR|CORRUPT|NOTADB|READONLY|CANTOPEN|NOMEM|PERM)/],
  ['disk', /^(ENOSPC|EDQUOT|EIO|EROFS|EMFILE|ENFILE)$/],
  ['connection', /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/],
  // Serialization failure, deadlock, lock not available, statement timeout.
  ['busy', /^(40001|40P01|55P03|57014)$/],
  // Disk full, out of memory; I/O error; damaged data.
  ['disk', /^(53100|53200|58030|XX001|XX002)$/],
  // Connection exceptions, bad credentials, no such database, too many connections, shutting down or starting up,
  // idle transaction cut off, and read-only: we still talk to a server that has become a standby.
  ['connection', /^(08...|28...|3D000|53300|57P0.|25P03|25006)$/],
]

// node-postgres reports a lost or unobtainable connection without a code.
const lostConnection =
  /^(Query read timeout|Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/

const textOf = (error: object, property: 'code' | 'message') => {
  const value = (error as Record<string, unknown>)[property]
  return typeof value === 'string' ? value : ''
}

/** The error and its causes, outermost first. */
const chainOf = (error: unknown) => {
  const chain: object[] = []
  for (let next = error; typeof next === 'object' && next !== null && !chain.includes(next);) {
    chain.push(next)
    next = (next as { cause?: unknown }).cause
  }
  return chain
}

/** The first code in an error and its causes that is one of SQLite's, Node's or PostgreSQL's, as far as it tells us anything. */
export const classifyError = (error: unknown): StoreErrorKind => {
  for (const link of chainOf(error)) {
    const rule = codeRules.find(([, pattern]) => pattern.test(textOf(link, 'code')))
    if (rule !== undefined) return rule[0]
    if (lostConnection.test(textOf(link, 'message'))) return 'connection'
  }
  return 'other'
}

/** Whether PostgreSQL gave a transaction up for another one, so that running it again may well succeed. */
export const isLostRace = (error: unknown) =>
  chainOf(error).some((link) => /^(40001|40P01)$/.test(textOf(link, 'code')))
