import { usePostgres } from '../support/usePostgres.ts'
import { subscriptionsContract } from './subscriptions.contract.ts'

subscriptionsContract('PostgreSQL', usePostgres())
