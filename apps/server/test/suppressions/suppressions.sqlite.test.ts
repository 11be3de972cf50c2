import { useSqlite } from '../support/useSqlite.ts'
import { suppressionsContract } from './suppressions.contract.ts'

suppressionsContract('SQLite', useSqlite())
