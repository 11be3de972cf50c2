import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './studio.css'
import { createRoot } from 'react-dom/client'
import { Studio } from './Studio.tsx'
import { styleNonce } from './styleNonce.ts'
import { startWords } from './words/startWords.ts'

// Where the style sheets that hold a page still below a dialogue look for it (get-nonce).
Object.assign(window, { __webpack_nonce__: styleNonce() })

// Schemas are not compiled into functions: this page's policy allows no text to become code (zod).
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })

const place = document.getElementById('studio')
if (!place) throw new Error('The page has no element #studio')
await startWords()
createRoot(place).render(<Studio />)
