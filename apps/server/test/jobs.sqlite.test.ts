import { jobsContract } from './jobs.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

jobsContract('a SQLite file', useSqlite())
