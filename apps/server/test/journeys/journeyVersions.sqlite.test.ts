import { useSqlite } from '../support/useSqlite.ts'
import { journeyVersionsContract } from './journeyVersions.contract.ts'

journeyVersionsContract('a SQLite file', useSqlite())
