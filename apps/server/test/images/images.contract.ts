import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

type Json = Record<string, unknown>

const picture = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({
    create: { width, height, channels, background: { r: 200, g: 90, b: 30, alpha: 0.5 } },
  })

/** Three frames, each of another colour. */
async function animation(format: 'gif' | 'webp'): Promise<Buffer> {
  const frames = await Promise.all(
    ['red', 'lime', 'blue'].map((background) =>
      sharp({ create: { width: 20, height: 10, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  )
  const joined = sharp(frames, { join: { animated: true } })
  return await (format === 'gif' ? joined.gif() : joined.webp()).toBuffer()
}

/** A PNG that says it is that large; what follows is of no account, since nobody may look at it. */
async function largePng(width: number, height: number): Promise<Buffer> {
  const bytes = await picture(1, 1).png().toBuffer()
  bytes.writeUInt32BE(width, 16)
  bytes.writeUInt32BE(height, 20)
  return bytes
}

const SVG =
  '<?xml version="1.0"?><!-- x --><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** The library of images on a database. */
export function imagesContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`images on ${database}`, () => {
    let test: TestCiclo
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterAll(() => test.stop())

    const api = async (method: string, path: string, body?: Buffer | string | Json) => {
      const sent =
        body === undefined || typeof body === 'string'
          ? body
          : Buffer.isBuffer(body)
            ? Uint8Array.from(body)
            : JSON.stringify(body)
      const response = await test.ciclo.app.request(`/api/images${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}` },
        ...(sent === undefined ? {} : { body: sent }),
      })
      return { status: response.status, body: (await response.json()) as Json }
    }
    const upload = async (file: Buffer | string, name = 'image', alt = '') =>
      await api('POST', `?${new URLSearchParams({ name, alt }).toString()}`, file)
    const get = async (url: unknown, headers: Record<string, string> = {}) =>
      await test.ciclo.app.request(String(url).replace('https://ciclo.shop.example', ''), { headers })
    const fileOf = async (url: unknown) => Buffer.from(await (await get(url)).arrayBuffer())

    it.each<[sentence: string, file: () => Promise<Buffer>, type: string, ending: string]>([
      ['a PNG stays one', () => picture(30, 20, 4).png().toBuffer(), 'image/png', 'png'],
      ['a JPEG stays one', () => picture(30, 20).jpeg().toBuffer(), 'image/jpeg', 'jpg'],
      ['a GIF stays one', () => picture(30, 20).gif().toBuffer(), 'image/gif', 'gif'],
      ['a WebP becomes a JPEG', () => picture(30, 20).webp().toBuffer(), 'image/jpeg', 'jpg'],
      [
        'a WebP that is seen through becomes a PNG',
        () => picture(30, 20, 4).webp().toBuffer(),
        'image/png',
        'png',
      ],
      ['an AVIF becomes a JPEG', () => picture(30, 20).avif().toBuffer(), 'image/jpeg', 'jpg'],
      [
        'a JPEG of a printer’s colours becomes one of a screen’s',
        () => picture(30, 20).toColourspace('cmyk').jpeg().toBuffer(),
        'image/jpeg',
        'jpg',
      ],
    ])('%s', async (_sentence, file, type, ending) => {
      const { status, body } = await upload(await file(), 'beans.bmp', 'Beans')
      expect({ status, body }).toMatchObject({
        status: 200,
        body: { name: 'beans.bmp', alt: 'Beans', type, width: 30, height: 20 },
      })
      expect(body['url']).toMatch(
        new RegExp(`^https://ciclo\\.shop\\.example/images/[0-9a-f]{40}\\.${ending}$`),
      )
      expect(await api('GET', `/${String(body['id'])}`)).toEqual({ status: 200, body })
      const shown = await get(body['url'])
      expect(Object.fromEntries(shown.headers)).toMatchObject({
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
      })
      const bytes = Buffer.from(await shown.arrayBuffer())
      expect(bytes).toHaveLength(Number(body['bytes']))
      expect(await sharp(bytes).metadata()).toMatchObject({ space: 'srgb', width: 30, height: 20 })
    })

    it.each(['gif', 'webp'] as const)('an animated %s becomes a GIF that moves', async (format) => {
      const { body } = await upload(await animation(format))
      expect(body).toMatchObject({ type: 'image/gif', width: 20, height: 10 })
      expect(await sharp(await fileOf(body['url'])).metadata()).toMatchObject({ pages: 3 })
    })

    it('holds nothing but the picture: no place, no camera, nothing behind its end, and stands upright', async () => {
      const taken = await picture(30, 20)
        .jpeg()
        .withExif({
          IFD0: { Copyright: 'Ann', Make: 'Phone' },
          IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 13/1 0/1' },
        })
        .withMetadata({ orientation: 6 })
        .toBuffer()
      const page = Buffer.from('<script>alert(document.domain)</script>')
      const { body } = await upload(Buffer.concat([taken, page]))
      expect(body).toMatchObject({ width: 20, height: 30 })
      const shown = await fileOf(body['url'])
      expect(await sharp(shown).metadata()).not.toMatchObject({ exif: expect.anything() as unknown })
      for (const word of ['Phone', 'Ann', 'alert']) expect(shown.includes(word)).toBe(false)
    })

    it.each<[sentence: string, file: () => Promise<Buffer | string>, status: number, says: string]>([
      [
        'an SVG with a script in it',
        async () => SVG,
        400,
        'it is an SVG, which Gmail and Outlook do not show',
      ],
      [
        'a page',
        async () => '<!doctype html><script>alert(1)</script>',
        400,
        'it is no PNG, JPEG, GIF, WebP or AVIF',
      ],
      [
        'a page behind the first bytes of a PNG',
        async () => '\u0089PNG\r\n\u001a\n<script>alert(1)</script>',
        400,
        'it is no PNG',
      ],
      [
        'a page behind the true first bytes of a PNG',
        async () => Buffer.from('\u0089PNG\r\n\u001a\n<script>alert(1)</script>', 'latin1'),
        400,
        'begins like PNG and is broken or cut off',
      ],
      ['a TIFF', async () => await picture(3, 3).tiff().toBuffer(), 400, 'it is no PNG'],
      ['nothing', async () => '', 400, 'it is no PNG'],
      [
        'a PNG that is cut off',
        async () =>
          (
            await sharp({
              create: {
                width: 300,
                height: 300,
                channels: 3,
                background: 'red',
                noise: { type: 'gaussian', mean: 99, sigma: 30 },
              },
            })
              .png()
              .toBuffer()
          ).subarray(0, 9_000),
        400,
        'begins like PNG and is broken or cut off',
      ],
      [
        'a JPEG that is cut off',
        async () => (await picture(300, 300).jpeg().toBuffer()).subarray(0, 700),
        400,
        'begins like JPEG and is broken or cut off',
      ],
      [
        'more than 40 megapixels',
        async () => await picture(8_000, 5_001).png().toBuffer(),
        400,
        'it has more than 40000000 pixels',
      ],
      [
        'a header that promises a billion pixels',
        async () => await largePng(60_000, 60_000),
        400,
        'The file cannot be used',
      ],
      ['more than 10 MiB', async () => Buffer.alloc(10 * 1024 * 1024 + 1), 413, 'larger than 10485760 bytes'],
    ])('%s is refused, and the answer says why', async (_sentence, file, status, says) => {
      const before = (await api('GET', '')).body['room']
      const answer = await upload(await file(), 'beans.png')
      expect({ status: answer.status, detail: answer.body['detail'] }).toEqual({
        status,
        detail: expect.stringContaining(says) as unknown,
      })
      expect((await api('GET', '')).body['room']).toEqual(before)
    })

    it('is listed page by page, newest first, and found by its words', async () => {
      const bytes = await picture(5, 5).png().toBuffer()
      for (const name of ['Zebra one', 'Zebra two', 'Zebra three']) await upload(bytes, name, 'stripes')
      const first = await api('GET', '?q=ZEBRA&limit=2')
      const names = (answer: { body: Json }) => (answer.body['images'] as Json[]).map(({ name }) => name)
      expect(names(first)).toEqual(['Zebra three', 'Zebra two'])
      const second = await api('GET', `?q=zebra&limit=2&cursor=${String(first.body['next'])}`)
      expect({ names: names(second), next: second.body['next'] }).toEqual({
        names: ['Zebra one'],
        next: null,
      })
      expect(names(await api('GET', '?q=stripes'))).toHaveLength(3)
      expect(names(await api('GET', '?q=no such words'))).toEqual([])
      expect(await api('GET', '?cursor=nonsense')).toMatchObject({ status: 400 })
    })

    it('gets another name and other words, and the audit says so', async () => {
      const { body } = await upload(await picture(6, 6).png().toBuffer(), 'old')
      const path = `/${String(body['id'])}`
      expect(await api('PATCH', path, { alt: 'Beans' })).toEqual({
        status: 200,
        body: { ...body, alt: 'Beans' },
      })
      expect((await api('PATCH', path, { name: 'new' })).body).toMatchObject({ name: 'new', alt: 'Beans' })
      expect(await api('PATCH', path, {})).toMatchObject({ status: 400 })
      expect(await api('PATCH', path, { name: '' })).toMatchObject({ status: 400 })
      expect(await api('PATCH', '/none', { name: 'x' })).toMatchObject({ status: 404 })
      const { entries } = (await test.request('/api/audit')) as { entries: Json[] }
      expect(entries.slice(0, 3).map(({ action }) => action)).toEqual([
        'image.changed',
        'image.changed',
        'image.uploaded',
      ])
    })

    it('is made smaller as an image of its own, and not larger', async () => {
      const { body } = await upload(await picture(60, 40, 4).png().toBuffer(), 'wide', 'Beans')
      const path = `/${String(body['id'])}/resize`
      const { body: small } = await api('POST', path, { width: 30 })
      expect(small).toMatchObject({
        name: 'wide (30 px)',
        alt: 'Beans',
        width: 30,
        height: 20,
        type: 'image/png',
      })
      expect(small['url']).not.toBe(body['url'])
      expect(await api('POST', path, { width: 60 })).toMatchObject({
        status: 400,
        body: { detail: 'width: given 60, expected less than its 60 pixels' },
      })
      expect(await api('POST', '/none/resize', { width: 30 })).toMatchObject({ status: 404 })
    })

    it('is not deleted while a template or the brand shows it, unless it is to be all the same', async () => {
      const { body } = await upload(await picture(7, 7).png().toBuffer(), 'logo')
      const path = `/${String(body['id'])}`
      const source = {
        mjml: `<mjml><mj-body><mj-section><mj-column><mj-image src="${String(body['url'])}" alt="x" /></mj-column></mj-section></mj-body></mjml>`,
        strings: { en: { subject: 'x' } },
      }
      const saved = await test.request('/api/templates/beans/draft', {
        method: 'PUT',
        body: JSON.stringify(source),
      })
      expect(saved).toMatchObject({ version: 1 })
      const brand = (logoUrl: unknown) =>
        test.request('/api/settings', { method: 'PATCH', body: JSON.stringify({ brand: { logoUrl } }) })
      await brand(body['url'])
      expect(await api('DELETE', path)).toMatchObject({
        status: 409,
        body: {
          problems: [{ template: 'beans' }, { template: null, message: 'It is the logo of the brand' }],
        },
      })
      await brand(null)
      expect(await api('DELETE', path)).toMatchObject({
        status: 409,
        body: { problems: [{ template: 'beans' }] },
      })
      expect((await get(body['url'])).status).toBe(200)
      expect(await api('DELETE', `${path}?force=true`)).toMatchObject({ status: 200 })
      expect((await get(body['url'])).status).toBe(404)
      expect(await api('DELETE', path)).toMatchObject({ status: 404 })
    })

    it('keeps a file for as long as an image has it, and tells browsers that they have it', async () => {
      const bytes = await picture(9, 9).png().toBuffer()
      const [{ body: one }, { body: other }] = [await upload(bytes, 'one'), await upload(bytes, 'other')]
      expect(one['url']).toBe(other['url'])
      await api('DELETE', `/${String(one['id'])}`)
      const shown = await get(one['url'])
      expect(shown.status).toBe(200)
      const known = await get(one['url'], { 'if-none-match': shown.headers.get('etag') ?? '' })
      expect({ status: known.status, text: await known.text() }).toEqual({ status: 304, text: '' })
      await api('DELETE', `/${String(other['id'])}`)
      expect((await get(one['url'])).status).toBe(404)
    })

    it.each([
      ['by another ending', 'gif'],
      ['by an ending of programs', 'html'],
    ])('is not shown %s', async (_sentence, ending) => {
      const { body } = await upload(await picture(11, 9).png().toBuffer())
      expect((await get(body['url'])).status).toBe(200)
      expect((await get(String(body['url']).replace('png', ending))).status).toBe(404)
    })
  })
}
