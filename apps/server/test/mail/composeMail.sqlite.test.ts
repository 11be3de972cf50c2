import { useSqlite } from '../support/useSqlite.ts'
import { composeMailContract } from './composeMail.contract.ts'

composeMailContract('a SQLite file', useSqlite())
