import { settingsPreviewContract } from './settingsPreview.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

settingsPreviewContract('PostgreSQL', createDatabase)
