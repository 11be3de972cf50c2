import { commerceContract } from './commerce.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

commerceContract('a SQLite file', useSqlite())
