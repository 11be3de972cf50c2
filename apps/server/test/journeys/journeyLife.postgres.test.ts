import { usePostgres } from '../support/usePostgres.ts'
import { journeyLifeContract } from './journeyLife.contract.ts'

journeyLifeContract('a PostgreSQL server', usePostgres())
