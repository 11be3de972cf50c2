import { consentContract } from './consent.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

consentContract('PostgreSQL', createDatabase)
