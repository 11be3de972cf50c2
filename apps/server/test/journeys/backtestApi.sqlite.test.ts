import { useSqlite } from '../support/useSqlite.ts'
import { backtestApiContract } from './backtestApi.contract.ts'

backtestApiContract('a SQLite file', useSqlite())
