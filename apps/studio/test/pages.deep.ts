import { pagesContract } from './pages.contract.ts'

pagesContract({
  looks: [
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ],
})
