import { settingsPreviewContract } from './settingsPreview.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

settingsPreviewContract('a SQLite file', useSqlite())
