import { useSqlite } from '../support/useSqlite.ts'
import { journeyEffectsContract } from './journeyEffects.contract.ts'

journeyEffectsContract('SQLite', useSqlite())
