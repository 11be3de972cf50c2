import { buildAll } from '../support/buildAll.ts'

await buildAll()
