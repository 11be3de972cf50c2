import { pullKillsContract } from './pullKills.contract.ts'

pullKillsContract([3, 30, 120, 260, 400], 500)
