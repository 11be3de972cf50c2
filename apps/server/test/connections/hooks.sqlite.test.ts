import { useSqlite } from '../support/useSqlite.ts'
import { hooksContract } from './hooks.contract.ts'

hooksContract('a SQLite file', useSqlite(), 20)
