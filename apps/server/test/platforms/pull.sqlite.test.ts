import { useSqlite } from '../support/useSqlite.ts'
import { pullContract } from './pull.contract.ts'

pullContract('a SQLite file', useSqlite())
