import { mailBombing } from './mailBombing.run.ts'

mailBombing(10_000)
