import { parkedContract } from './parked.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

parkedContract('a SQLite file', useSqlite())
