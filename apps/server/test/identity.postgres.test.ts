import { identityContract } from './identity.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

identityContract('PostgreSQL', createDatabase)
