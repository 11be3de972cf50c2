import { importContract } from './import.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

importContract('a SQLite file', useSqlite())
