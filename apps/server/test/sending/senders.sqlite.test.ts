import { useSqlite } from '../support/useSqlite.ts'
import { sendersContract } from './senders.contract.ts'

sendersContract('SQLite', useSqlite())
