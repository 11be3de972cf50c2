import { storedXssContract } from './storedXss.contract.ts'

// The pages that show most of what customers and others have written; `storedXss.deep.ts` walks through all of them.
storedXssContract({
  pages: ['customers', 'customer', 'message'],
  texts: ['image', 'script', 'address', 'breakout', 'attribute', 'style', 'mustache', 'direction', 'long'],
  alike: 1,
  customers: 1,
  editors: false,
})
