import { readFileSync } from 'node:fs'
import { OnsiteMessageSchema } from '@ciclo/engine'
import { expect, it } from 'vitest'
import { visitorCookie } from '../../src/routes/visitorCookie.ts'

const page = readFileSync(new URL('../../../../docs/onsite.md', import.meta.url), 'utf8')
const [example = ''] = [...page.matchAll(/^```json\n([^]*?)^```$/gm)].map(([, code = '']) => code)

it('the sign-up form of docs/onsite.md can be saved as it stands', () => {
  expect(OnsiteMessageSchema.safeParse(JSON.parse(example)).error).toBeUndefined()
})

it('docs/onsite.md names every field of a message', () => {
  const fields = Object.keys(OnsiteMessageSchema.shape).filter((name) => !page.includes(`\`${name}\``))
  expect(fields).toEqual([])
})

it('the hosts that docs/onsite.md names get the cookie that it says', () => {
  const asked = { origin: 'https://www.your-shop.example', hostname: 'events.your-shop.example' }
  expect(visitorCookie({ ...asked, anonymousId: 'a1' })).toContain('Domain=your-shop.example;')
})
