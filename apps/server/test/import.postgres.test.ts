import { importContract } from './import.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

importContract('PostgreSQL', createDatabase)
