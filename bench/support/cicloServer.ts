import { openCiclo } from './openCiclo.ts'
import { serveInChild } from './serveInChild.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('cicloServer was given no folder, expected one for its database')

// Nothing listens there: the events of the measurement cause no mail.
const { ciclo, stop } = await openCiclo(folder, { smtpUrl: 'smtp://127.0.0.1:9' })
ciclo.start()
serveInChild({ fetch: (request) => ciclo.app.fetch(request), stop })
