import { readFileSync } from 'node:fs'
import { generateDrizzleJson, generateSQLiteDrizzleJson } from 'drizzle-kit/api'
import { getTableConfig as pgConfigOf, type PgTable } from 'drizzle-orm/pg-core'
import { getTableConfig as sqliteConfigOf } from 'drizzle-orm/sqlite-core'
import { describe, expect, it } from 'vitest'
import { pgSchema } from '../src/store/schema.pg.ts'
import { sqliteSchema } from '../src/store/schema.sqlite.ts'

const sqliteTables = Object.values(sqliteSchema).map((table) => sqliteConfigOf(table))
const pgTables = Object.values(pgSchema).map((table) => pgConfigOf(table as unknown as PgTable))

/** The first column of every primary key and unique index of a table. */
const firstKeyColumns = (table: (typeof sqliteTables)[number] | (typeof pgTables)[number]) => [
  ...table.primaryKeys.map((key) => key.columns[0]?.name),
  ...table.columns.filter((column) => column.primary || column.isUnique).map((column) => column.name),
  ...table.uniqueConstraints.map((unique) => unique.columns[0]?.name),
  ...table.indexes
    .filter((index) => index.config.unique)
    .map((index) => {
      const [first] = index.config.columns
      return first !== undefined && 'name' in first ? first.name : undefined
    }),
]

// A workspace is its own; a lease belongs to the installation, and so do the people who sign in to it.
const FIRST_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  workspaces: ['id'],
  leases: ['name'],
  users: ['id', 'email'],
  sessions: ['id', 'token'],
  accounts: ['id'],
  verifications: ['id'],
}

describe.each([
  ['sqlite', sqliteTables],
  ['pg', pgTables],
])('the %s tables', (_, tables) => {
  it.each(tables.map((table) => [table.name, table] as const))(
    '%s has keys and unique indexes that start with the workspace',
    (name, table) => {
      const columns = firstKeyColumns(table)
      expect(columns).not.toEqual([])
      expect([...new Set(columns)]).toEqual(FIRST_COLUMNS[name] ?? ['workspace_id'])
    },
  )
})

type Snapshot = { tables: unknown }

describe('the migrations', () => {
  const latestOf = (folder: 'sqlite' | 'pg') => {
    const read = (file: string) =>
      JSON.parse(
        readFileSync(new URL(`../migrations/${folder}/meta/${file}`, import.meta.url), 'utf8'),
      ) as unknown
    const { entries } = read('_journal.json') as { entries: { idx: number }[] }
    const last = entries.at(-1)?.idx ?? -1
    return read(`${String(last).padStart(4, '0')}_snapshot.json`) as Snapshot
  }

  it.each([
    ['sqlite', async () => (await generateSQLiteDrizzleJson(sqliteSchema)) as Snapshot],
    ['pg', async () => generateDrizzleJson(pgSchema) as Snapshot],
  ] as const)(
    'of %s make the tables that the schema asks for; if not, run `npm run migrations`',
    async (folder, generate) => {
      expect(JSON.parse(JSON.stringify((await generate()).tables))).toEqual(latestOf(folder).tables)
    },
  )
})
