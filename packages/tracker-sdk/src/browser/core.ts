import { startScript } from './startScript.ts'

// The tracker without clicks, forms, engagement, links between hosts and on-site messages.
startScript([])
