import { useSqlite } from '../support/useSqlite.ts'
import { webhooksContract } from './webhooks.contract.ts'

webhooksContract('SQLite', useSqlite())
