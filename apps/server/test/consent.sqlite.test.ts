import { consentContract } from './consent.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

consentContract('a SQLite file', useSqlite())
