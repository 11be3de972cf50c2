import { settingsContract } from './settings.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

settingsContract('a SQLite file', useSqlite())
