/** One transaction's life, watched over so that no query slips past its end or past a failure. */
export type Scope = {
  readonly kind: 'read' | 'write'
  isOpen(): boolean
  /** Throws unless the transaction is open and none of its queries has failed. */
  check(): void
  /** Notes that a query failed. */
  fail(error: unknown): void
  /** Throws what a query failed with, even when its error was caught. */
  rethrow(): void
  end(): void
}

/**
 * A scope in which the first failed query ends all: PostgreSQL refuses everything after it and answers `commit` with a
 * silent rollback, and SQLite, when the disk is full, rolls back at once and would commit what follows bit by bit.
 */
export const makeScope = (kind: Scope['kind']): Scope => {
  let open = true
  let failure: { readonly error: unknown } | undefined
  return {
    kind,
    isOpen: () => open,
    check() {
      if (!open) {
        throw new Error(
          `A query ran on the tx of a ${kind} that has ended; await every query inside its function`,
        )
      }
      if (failure !== undefined) {
        throw new Error(
          `A query ran on the tx of a ${kind} after another had failed; let the first error pass`,
          {
            cause: failure.error,
          },
        )
      }
    },
    fail(error) {
      failure ??= { error }
    },
    rethrow() {
      if (failure !== undefined) throw failure.error
    },
    end() {
      open = false
    },
  }
}
