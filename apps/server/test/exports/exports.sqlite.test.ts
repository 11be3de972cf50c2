import { useSqlite } from '../support/useSqlite.ts'
import { exportsContract } from './exports.contract.ts'

exportsContract('SQLite', useSqlite())
