import { useSqlite } from '../support/useSqlite.ts'
import { liveContract } from './live.contract.ts'

liveContract('a SQLite file', useSqlite())
