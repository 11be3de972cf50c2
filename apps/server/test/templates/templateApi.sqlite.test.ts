import { useSqlite } from '../support/useSqlite.ts'
import { templateApiContract } from './templateApi.contract.ts'

templateApiContract('a SQLite file', useSqlite())
