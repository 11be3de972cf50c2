import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
import { SIGN_UP } from './onsite/onsiteWorld.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, argv)
const put = (message: unknown) =>
  cli('onsite', 'put', writeIn(folder.path, 'message.json', JSON.stringify(message)))

it('saves, lists, shows and removes on-site messages where no server runs', async () => {
  await cli('import', 'orders', writeIn(folder.path, 'o.csv', 'order_id,date,total,email\n'))
  expect(await cli('onsite', 'list')).toMatchObject({ code: 0, said: ['There are no on-site messages.'] })
  const message = { ...SIGN_UP, id: 'welcome', name: 'Hello \u001b[31m' }
  expect(await put(message)).toMatchObject({ code: 0, said: ['welcome: saved, and shown now'] })
  expect(await put({ ...message, id: 'draft', live: false })).toMatchObject({
    code: 0,
    said: ['draft: saved, and not shown now'],
  })
  expect(await put({ ...message, id: 'later', from: '2999-01-01T00:00:00Z' })).toMatchObject({ code: 0 })
  expect(await cli('onsite', 'list')).toMatchObject({
    code: 0,
    said: [
      'draft  off    signUp   0  "Hello \\u001b[31m"',
      'later  waits  signUp   0  "Hello \\u001b[31m"',
      'welcome  shown  signUp   0  "Hello \\u001b[31m"',
    ],
  })
  const { said } = await cli('onsite', 'show', 'welcome')
  expect(said.join('\n')).not.toContain('\u001b')
  expect(await put(JSON.parse(said.join('\n')))).toMatchObject({ code: 0 })
  expect(await cli('onsite', 'remove', 'welcome')).toMatchObject({ code: 0, said: ['welcome: removed'] })
  expect(await cli('onsite', 'show', 'welcome')).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('There is no on-site message welcome')],
  })
})

it('says what is wrong with a file', async () => {
  await cli('import', 'orders', writeIn(folder.path, 'o.csv', 'order_id,date,total,email\n'))
  expect(await cli('onsite', 'put', writeIn(folder.path, 'broken.json', '{'))).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('broken.json: expected a message as JSON')],
  })
  expect(await put(SIGN_UP)).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('id: expected the name of the message')],
  })
  expect(await put({ ...SIGN_UP, id: 'welcome', fields: [] })).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('fields: expected a field of the type email')],
  })
})
