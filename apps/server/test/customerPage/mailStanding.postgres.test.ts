import { usePostgres } from '../support/usePostgres.ts'
import { mailStandingContract } from './mailStanding.contract.ts'

mailStandingContract('PostgreSQL', usePostgres())
