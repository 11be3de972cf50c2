import pg from 'pg'
import { usePostgres } from './support/usePostgres.ts'
import { BROUGHT_BY_INSIGHT, upgradeContract } from './upgrade.contract.ts'

upgradeContract('PostgreSQL', usePostgres(), async (databaseUrl) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  for (const table of BROUGHT_BY_INSIGHT) await client.query(`drop table ${table}`)
  // 0002_insight, of which the tables are.
  await client.query(
    'delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)',
  )
  await client.end()
})
