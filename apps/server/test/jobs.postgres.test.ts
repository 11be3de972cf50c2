import { jobsContract } from './jobs.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

jobsContract('PostgreSQL', usePostgres())
