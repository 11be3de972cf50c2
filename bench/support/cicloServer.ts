import { openCiclo } from './openCiclo.ts'
import { serveInChild } from './serveInChild.ts'

const [folder, smtpUrl = 'smtp://127.0.0.1:9'] = process.argv.slice(2)
if (folder === undefined) throw new Error('cicloServer was given no folder, expected one for its database')

// Where it is named no server nothing listens: the events of most measurements cause no mail.
const { ciclo, stop } = await openCiclo(folder, { smtpUrl })
ciclo.start()
serveInChild({ fetch: (request) => ciclo.app.fetch(request), stop })
