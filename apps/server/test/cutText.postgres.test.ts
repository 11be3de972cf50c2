import { cutTextContract } from './cutText.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

cutTextContract('PostgreSQL', usePostgres())
