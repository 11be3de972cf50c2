import { usePostgres } from '../support/usePostgres.ts'
import { generatedReportsContract } from './generatedReports.contract.ts'
import { reportsContract } from './reports.contract.ts'

const createDatabase = usePostgres()

reportsContract('PostgreSQL', createDatabase)
generatedReportsContract('PostgreSQL', createDatabase, 25)
