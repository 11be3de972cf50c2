import { useSqlite } from '../support/useSqlite.ts'
import { journeyLifeContract } from './journeyLife.contract.ts'

journeyLifeContract('a SQLite file', useSqlite())
