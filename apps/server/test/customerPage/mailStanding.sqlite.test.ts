import { useSqlite } from '../support/useSqlite.ts'
import { mailStandingContract } from './mailStanding.contract.ts'

mailStandingContract('a SQLite file', useSqlite())
