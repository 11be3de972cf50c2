import { Hono } from 'hono'
import { CicloError } from '../errors.ts'
import { imagePath, type ImageFiles } from '../images/createImageFiles.ts'

/** Content and name are one: a file of that name never changes. */
const FOREVER = 'public, max-age=31536000, immutable'
/** Opened as a page it runs nothing and loads nothing, whatever a browser takes it for. */
const CSP = "default-src 'none'; sandbox"

/** The pictures that mails show: for everybody who knows a file's name. */
export function createImageFileRoutes(files: ImageFiles): Hono {
  return new Hono().get('/images/:file{[0-9a-f]{40}\\.(?:png|jpg|gif)}', async (context) => {
    const { path } = context.req
    const hash = context.req.param('file').slice(0, 40)
    const file = await files.read(hash)
    if (!file || imagePath(file) !== path) throw new CicloError('not-found', 'There is no such image')
    const headers = {
      'content-type': file.type,
      'cache-control': FOREVER,
      etag: `"${hash}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': CSP,
      'cross-origin-resource-policy': 'cross-origin',
    }
    if (context.req.header('if-none-match') === `"${hash}"`) return context.body(null, 304, headers)
    return context.body(Uint8Array.from(file.content), 200, headers)
  })
}
