import { expect, test } from 'vitest'
import { seriousProblems } from './support/seriousProblems.ts'
import { KINDS, shownMessage } from './support/shownMessage.ts'
import { testWithOnsite } from './support/testWithOnsite.ts'

// On screens of both sizes, light and dark, with errors, by keyboard and from right to left: access.deep.ts.
const stage = testWithOnsite()

test.each(KINDS)('everybody can use a %s on a phone', async (kind) => {
  await stage.as({ viewport: { width: 390, height: 780 } })
  const page = await stage.open([shownMessage(kind)], '/')
  expect(await seriousProblems(page)).toEqual([])
})
