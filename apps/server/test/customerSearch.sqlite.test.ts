import { customerSearchContract } from './customerSearch.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

customerSearchContract('a SQLite file', useSqlite())
