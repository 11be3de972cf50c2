import { editorsLoseNothingContract } from './editorsLoseNothing.contract.ts'

// What happens the most often; `editorsLoseNothing.deep.ts` goes through every editor and all that can happen to it.
editorsLoseNothingContract({ rows: ['a journey'], only: ['reloaded', 'mine'] })
