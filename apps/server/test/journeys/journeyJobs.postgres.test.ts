import { usePostgres } from '../support/usePostgres.ts'
import { journeyJobsContract } from './journeyJobs.contract.ts'

journeyJobsContract('PostgreSQL', usePostgres())
