import { useSqlite } from '../support/useSqlite.ts'
import { subscriptionsContract } from './subscriptions.contract.ts'

subscriptionsContract('SQLite', useSqlite())
