import { dataRightsContract } from './dataRights.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

dataRightsContract('a SQLite file', useSqlite())
