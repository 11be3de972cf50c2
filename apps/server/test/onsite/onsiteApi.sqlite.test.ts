import { useSqlite } from '../support/useSqlite.ts'
import { onsiteApiContract } from './onsiteApi.contract.ts'

onsiteApiContract('a SQLite file', useSqlite())
