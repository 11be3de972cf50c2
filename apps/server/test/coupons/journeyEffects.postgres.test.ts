import { usePostgres } from '../support/usePostgres.ts'
import { journeyEffectsContract } from './journeyEffects.contract.ts'

journeyEffectsContract('PostgreSQL', usePostgres())
