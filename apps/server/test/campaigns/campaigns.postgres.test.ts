import { usePostgres } from '../support/usePostgres.ts'
import { campaignsContract } from './campaigns.contract.ts'

campaignsContract('PostgreSQL', usePostgres())
