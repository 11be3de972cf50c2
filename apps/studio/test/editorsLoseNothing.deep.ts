import { editorsLoseNothingContract } from './editorsLoseNothing.contract.ts'

editorsLoseNothingContract()
