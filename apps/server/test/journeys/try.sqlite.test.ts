import { useSqlite } from '../support/useSqlite.ts'
import { tryContract } from './try.contract.ts'

tryContract('a SQLite file', useSqlite(), { customers: 4 })
