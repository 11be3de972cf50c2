import { storedXssContract } from './storedXss.contract.ts'

storedXssContract({ alike: 3, customers: Infinity, editors: true })
