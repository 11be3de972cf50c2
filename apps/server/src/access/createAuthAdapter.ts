import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import type { Store, ReadTx } from '../store/store.ts'

type Factory = ReturnType<typeof drizzleAdapter>
type Options = Parameters<Factory>[0]
type Adapter = ReturnType<Factory>

/** Drizzle's adapter on one transaction. */
function adapterOn(tx: ReadTx, options: Options): Adapter {
  const { users, sessions, accounts, verifications } = tx.tables
  const inner = drizzleAdapter(tx, {
    provider: tx.dialect.name === 'sqlite' ? 'sqlite' : 'pg',
    schema: { user: users, session: sessions, account: accounts, verification: verifications },
  })(options)
  return {
    ...inner,
    // Neither driver reports through the store how many rows a change has met.
    deleteMany: async (wanted) => {
      const count = await inner.count(wanted)
      await inner.deleteMany(wanted)
      return count
    },
    updateMany: async (wanted) => {
      const { model, where } = wanted
      const count = await inner.count({ model, where })
      await inner.updateMany(wanted)
      return count
    },
  }
}

/**
 * What better-auth keeps, kept by the store: every change is a `write`, every question a `read`, and its transactions
 * are the store's own. Inside one, better-auth itself hands on the adapter of that transaction.
 */
export function createAuthAdapter(store: Store): (options: Options) => Adapter {
  return (options) => {
    const reading = <T>(work: (adapter: Adapter) => Promise<T>) =>
      store.read((tx) => work(adapterOn(tx, options)))
    const writing = <T>(work: (adapter: Adapter) => Promise<T>) =>
      store.write((tx) => work(adapterOn(tx, options)))
    return {
      id: 'ciclo',
      findOne: (wanted) => reading((adapter) => adapter.findOne(wanted)),
      findMany: (wanted) => reading((adapter) => adapter.findMany(wanted)),
      count: (wanted) => reading((adapter) => adapter.count(wanted)),
      create: (wanted) => writing((adapter) => adapter.create(wanted)),
      update: (wanted) => writing((adapter) => adapter.update(wanted)),
      updateMany: (wanted) => writing((adapter) => adapter.updateMany(wanted)),
      delete: (wanted) => writing((adapter) => adapter.delete(wanted)),
      deleteMany: (wanted) => writing((adapter) => adapter.deleteMany(wanted)),
      consumeOne: (wanted) => writing((adapter) => adapter.consumeOne(wanted)),
      incrementOne: (wanted) => writing((adapter) => adapter.incrementOne(wanted)),
      transaction: (work) => writing((adapter) => work(adapter)),
    }
  }
}
