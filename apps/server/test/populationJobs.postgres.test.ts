import { populationJobsContract } from './populationJobs.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

populationJobsContract('PostgreSQL', usePostgres())
