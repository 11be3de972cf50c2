import { useSqlite } from '../support/useSqlite.ts'
import { journeyJobsContract } from './journeyJobs.contract.ts'

journeyJobsContract('a SQLite file', useSqlite())
