import { pagesContract } from './pages.contract.ts'

// The pages that most people open; `pages.deep.ts` has all of them, in all four looks.
pagesContract({
  pages: ['home', 'customer', 'segment'],
  looks: [
    [1440, 'light'],
    [390, 'dark'],
  ],
})
