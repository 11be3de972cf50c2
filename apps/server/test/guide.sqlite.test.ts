import { guideContract } from './guide.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

guideContract('a SQLite file', useSqlite())
