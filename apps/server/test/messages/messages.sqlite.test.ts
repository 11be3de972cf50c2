import { useSqlite } from '../support/useSqlite.ts'
import { messagesContract } from './messages.contract.ts'

messagesContract('SQLite', useSqlite())
