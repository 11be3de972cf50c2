import { AsyncLocalStorage } from 'node:async_hooks'
import type { Db } from './db.ts'
import type { Dialect } from './dialect.ts'
import type { Schema } from './schema.ts'
import { makeScope, type Scope } from './scope.ts'
import type { ReadTx, Store, Tx } from './store.ts'

/** Runs one transaction around `body`, which opens its queries with `connect`: committed if it resolves, else rolled back. */
export type Transact = <T>(body: (connect: (scope: Scope) => Db) => Promise<T>) => Promise<T>

/** What a database brings to a `Store`. */
export type Driver = {
  readonly dialect: Dialect
  readonly schema: Schema
  readonly read: Transact
  readonly write: Transact
  readonly purge: () => Promise<boolean>
  readonly space: Store['space']
  /** Called once, when no transaction is running. */
  readonly close: () => Promise<void>
}

/** The rules of `Store` that hold for both databases: no transaction inside another, none after the end. */
export const makeStore = ({ dialect, schema, read, write, purge, space, close }: Driver): Store => {
  const current = new AsyncLocalStorage<{ scope: Scope; tx: ReadTx }>()
  const running = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  // What was started inside a transaction and left behind still carries its scope, which then is not open.
  const outer = () => {
    const found = current.getStore()
    return found?.scope.isOpen() ? found : undefined
  }

  // A new object, since Drizzle's handle has a `dialect` of its own that its queries are built with.
  const makeTx = (db: Db): Tx => ({
    select: db.select.bind<Db['select']>(db),
    selectDistinct: db.selectDistinct.bind<Db['selectDistinct']>(db),
    insert: db.insert.bind(db),
    update: db.update.bind(db),
    delete: db.delete.bind(db),
    with: db.with.bind(db),
    $with: db.$with,
    tables: schema,
    dialect,
  })

  const run = async <T>(transact: Transact, kind: Scope['kind'], fn: (tx: Tx) => Promise<T>): Promise<T> => {
    if (closing !== undefined) throw new Error(`A ${kind} was started on a store that is closed`)
    const result = transact(async (connect) => {
      const scope = makeScope(kind)
      const tx = makeTx(connect(scope))
      try {
        const value = await current.run({ scope, tx }, () => fn(tx))
        scope.rethrow()
        return value
      } finally {
        scope.end()
      }
    })
    running.add(result)
    try {
      return await result
    } finally {
      running.delete(result)
    }
  }

  return {
    dialect,
    schema,

    read: async (fn) => {
      const inside = outer()
      if (inside?.scope.kind === 'write') {
        throw new Error(
          'A read was started inside a write, whose changes it would not see; read with the tx of the write',
        )
      }
      return inside === undefined ? await run(read, 'read', fn) : await fn(inside.tx)
    },

    write: async (fn) => {
      const inside = outer()
      if (inside !== undefined) {
        throw new Error(
          `A write was started inside a ${inside.scope.kind}; pass its tx on, or start the write after it`,
        )
      }
      return await run(write, 'write', fn)
    },

    purge: async () => {
      if (outer() !== undefined)
        throw new Error('A purge was started inside a transaction; start it after it')
      if (closing !== undefined) throw new Error('A purge was started on a store that is closed')
      const result = purge()
      running.add(result)
      try {
        return await result
      } finally {
        running.delete(result)
      }
    },

    space,

    close: async () => {
      if (outer() !== undefined) throw new Error('The store was closed inside one of its own transactions')
      closing ??= Promise.allSettled(running).then(close)
      await closing
    },
  }
}
