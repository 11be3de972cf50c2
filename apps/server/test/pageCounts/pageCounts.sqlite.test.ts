import { useSqlite } from '../support/useSqlite.ts'
import { pageCountsContract } from './pageCounts.contract.ts'

pageCountsContract('a SQLite file', useSqlite())
