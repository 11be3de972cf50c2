import { identityContract } from './identity.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

identityContract('a SQLite file', useSqlite())
