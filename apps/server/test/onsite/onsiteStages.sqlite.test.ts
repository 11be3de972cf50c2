import { useSqlite } from '../support/useSqlite.ts'
import { onsiteStagesContract } from './onsiteStages.contract.ts'

onsiteStagesContract('a SQLite file', useSqlite())
