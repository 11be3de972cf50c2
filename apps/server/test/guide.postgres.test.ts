import { guideContract } from './guide.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

guideContract('PostgreSQL', createDatabase)
