import { useSqlite } from '../support/useSqlite.ts'
import { timelineContract } from './timeline.contract.ts'

timelineContract('a SQLite file', useSqlite())
