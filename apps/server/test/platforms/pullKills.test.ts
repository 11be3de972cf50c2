import { pullKillsContract } from './pullKills.contract.ts'

pullKillsContract([40], 150)
