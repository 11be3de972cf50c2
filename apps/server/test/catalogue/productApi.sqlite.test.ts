import { useSqlite } from '../support/useSqlite.ts'
import { productApiContract } from './productApi.contract.ts'

productApiContract('a SQLite file', useSqlite())
