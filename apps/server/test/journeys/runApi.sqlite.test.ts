import { useSqlite } from '../support/useSqlite.ts'
import { runApiContract } from './runApi.contract.ts'

runApiContract('a SQLite file', useSqlite())
