import { reasonsContract } from './reasons.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

reasonsContract('a SQLite file', useSqlite())
