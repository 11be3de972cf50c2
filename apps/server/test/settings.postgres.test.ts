import { settingsContract } from './settings.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

settingsContract('PostgreSQL', createDatabase)
