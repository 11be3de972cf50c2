import Database from 'better-sqlite3'
import { useSqlite } from './support/useSqlite.ts'
import { BROUGHT_BY_INSIGHT, upgradeContract } from './upgrade.contract.ts'

upgradeContract('a SQLite file', useSqlite(), (databaseUrl) => {
  const database = new Database(databaseUrl.slice('file:'.length))
  for (const table of BROUGHT_BY_INSIGHT) database.exec(`drop table ${table}`)
  // 0003_insight, of which the tables are.
  database.exec('delete from __drizzle_migrations where created_at >= 1795335261631')
  database.close()
  return Promise.resolve()
})
