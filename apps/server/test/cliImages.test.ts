import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, argv)

it('puts, lists and removes images where no server runs', async () => {
  await cli('import', 'orders', writeIn(folder.path, 'o.csv', 'order_id,date,total,email\n'))
  expect(await cli('images', 'list')).toMatchObject({ code: 0, said: ['There are no images.'] })
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
    .webp()
    .toBuffer()
  const file = writeIn(folder.path, 'beans.webp', bytes)
  const { code, said } = await cli('images', 'put', file, '--alt', 'Beans')
  const line =
    /^(\S+) {2}30x20 {6}\s*1 KB {2}"beans\.webp" {2}http:\/\/ciclo\.localhost\/images\/[0-9a-f]{40}\.jpg$/
  expect({ code, said }).toEqual({ code: 0, said: [expect.stringMatching(line)] })
  expect(await cli('images', 'list')).toMatchObject({ code: 0, said })
  const id = line.exec(said[0] ?? '')?.[1] ?? ''
  expect(await cli('images', 'remove', id)).toMatchObject({ code: 0, said: [`${id}: removed`] })
  expect(await cli('images', 'remove', id)).toMatchObject({ code: 1, warned: [`There is no image ${id}`] })
  expect(await cli('images', 'put', writeIn(folder.path, 'x.png', 'x'))).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('it is no PNG, JPEG, GIF, WebP or AVIF by its content')],
  })
  expect(await cli('images', 'put', 'none.png')).toMatchObject({
    code: 1,
    warned: [expect.stringContaining('none.png: cannot be read')],
  })
})
