import { captures } from './capture/captures.ts'
import { startScript } from './startScript.ts'

startScript(captures)
