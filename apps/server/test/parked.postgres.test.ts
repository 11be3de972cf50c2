import { parkedContract } from './parked.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

parkedContract('PostgreSQL', createDatabase)
