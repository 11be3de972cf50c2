import pg from 'pg'
import { usePostgres } from './support/usePostgres.ts'
import { DOWNGRADE, upgradeContract } from './upgrade.contract.ts'

upgradeContract('PostgreSQL', usePostgres(), async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (const statement of DOWNGRADE) await client.query(statement)
  // 0002_insight and what came after it.
  await client.query('delete from drizzle.__drizzle_migrations where created_at >= 1795335262366')
  await client.end()
})
