import { insightContract } from './insight.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

insightContract('PostgreSQL', createDatabase, 50)
