import { mailBombing } from './mailBombing.run.ts'

// 10,000 in the deep tests.
mailBombing(1_000)
