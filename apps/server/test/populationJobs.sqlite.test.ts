import { populationJobsContract } from './populationJobs.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

populationJobsContract('a SQLite file', useSqlite())
