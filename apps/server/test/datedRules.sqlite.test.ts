import { datedRulesContract } from './datedRules.contract.ts'
import { useSqlite } from './support/useSqlite.ts'

datedRulesContract('a SQLite file', useSqlite())
