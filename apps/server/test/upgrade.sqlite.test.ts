import Database from 'better-sqlite3'
import { useSqlite } from './support/useSqlite.ts'
import { DOWNGRADE, upgradeContract } from './upgrade.contract.ts'

upgradeContract('a SQLite file', useSqlite(), (databaseUrl) => {
  const database = new Database(databaseUrl.slice('file:'.length))
  for (const statement of DOWNGRADE) database.exec(statement)
  // 0003_insight and what came after it.
  database.exec('delete from __drizzle_migrations where created_at >= 1795335261631')
  database.close()
  return Promise.resolve()
})
