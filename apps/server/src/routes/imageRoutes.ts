import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { CicloError } from '../errors.ts'
import { imagePath, type ImageFiles } from '../images/createImageFiles.ts'
import { createImageMaker, MOST_IMAGE_BYTES, type MadeImage } from '../images/createImageMaker.ts'
import { findImageUses } from '../images/findImageUses.ts'
import { readBytes } from '../ingest/readBody.ts'
import { insertAudit } from '../store/queries/audit.ts'
import {
  deleteImage,
  findImage,
  insertImage,
  listImages,
  readImageFile,
  sumUpImages,
  updateImage,
  type StoredImage,
} from '../store/queries/images.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { Store, Tx } from '../store/store.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { auditEntry } from './auditEntry.ts'
import { bodyOf } from './bodyOf.ts'
import { decodeCursor, pageOf } from './cursor.ts'
import { describer, query } from './describeApi.ts'
import {
  ImageChangeSchema,
  ImageDeletionQuerySchema,
  ImageResizeSchema,
  ImageSchema,
  ImagesQuerySchema,
  ImagesSchema,
  ImageUploadQuerySchema,
} from './imageSchemas.ts'
import { iso } from './iso.ts'

const describe = describer('images', 'There is no such image')

const MEBIBYTE = 1024 * 1024
/** Of a workspace; the database's backup has them as well. Anybody may try the demo. */
const ROOM = {
  shop: { mostImages: 2_000, mostBytes: 500 * MEBIBYTE },
  demo: { mostImages: 100, mostBytes: 50 * MEBIBYTE },
}

export interface ImageRoutesOptions {
  store: Store
  files: ImageFiles
  publicUrl: () => string
  demo: boolean
  now: () => number
  newId: () => string
}

const unknown = (id: string) => new CicloError('not-found', `There is no image ${id}`)

/** The library of pictures for mails: kept in the database, shown to everybody below /images. */
export function createImageRoutes({ store, files, publicUrl, demo, now, newId }: ImageRoutesOptions) {
  const maker = createImageMaker()
  const { mostImages, mostBytes } = demo ? ROOM.demo : ROOM.shop

  const present = (image: StoredImage): z.infer<typeof ImageSchema> => {
    const { hash: _hash, createdAt, ...facts } = image
    return { ...facts, url: `${publicUrl()}${imagePath(image)}`, createdAt: iso(createdAt) }
  }
  const record = async (tx: Tx, context: Context<ApiEnvironment>, action: string, details: object) => {
    const entry = auditEntry(context, { now, newId }, { action, details: { ...details } })
    await insertAudit(tx, context.get('workspaceId'), [entry])
  }
  const expected = async (context: Context<ApiEnvironment>): Promise<StoredImage> => {
    const id = context.req.param('id') ?? ''
    const image = await store.read((tx) => findImage(tx, context.get('workspaceId'), id))
    if (!image) throw unknown(id)
    return image
  }

  /** Keeps a new image. Throws `conflict` where there is no room. */
  const keep = async (
    context: Context<ApiEnvironment>,
    { content, ...made }: MadeImage,
    { name, alt, of }: { name: string; alt: string; of?: string },
  ) => {
    const workspaceId = context.get('workspaceId')
    const image: StoredImage = {
      id: newId(),
      name,
      alt,
      ...made,
      bytes: content.length,
      createdAt: now(),
    }
    await store.write(async (tx) => {
      // Two who upload at once would each find room for theirs.
      await lockWorkspace(tx, workspaceId)
      const { count, bytes } = await sumUpImages(tx, workspaceId)
      if (count >= mostImages)
        throw new CicloError('conflict', `There are ${count} images, expected at most ${mostImages}`)
      if (bytes + content.length > mostBytes)
        throw new CicloError(
          'conflict',
          `The images take ${bytes} bytes and this one ${content.length}, expected at most ${mostBytes} together; delete some that no mail shows`,
        )
      await insertImage(tx, workspaceId, image, content)
      const { id, type, width, height } = image
      const details = { id, name, type, width, height, bytes: content.length }
      await record(
        tx,
        context,
        of === undefined ? 'image.uploaded' : 'image.resized',
        of === undefined ? details : { ...details, of },
      )
    })
    return context.json(present(image))
  }

  return new Hono<ApiEnvironment>()
    .get(
      '/',
      describe('The images of the library, newest first', ImagesSchema),
      query(ImagesQuerySchema),
      async (context) => {
        const { cursor, limit, q = '' } = context.req.valid('query')
        const before = decodeCursor(z.string(), cursor)
        const all = await store.read((tx) => listImages(tx, context.get('workspaceId')))
        const wanted = q.trim().toLocaleLowerCase()
        const found = all.filter(
          ({ id, name, alt }) =>
            (before === undefined || id < before) && `${name}\n${alt}`.toLocaleLowerCase().includes(wanted),
        )
        const { rows, next } = pageOf(found.slice(0, limit + 1), limit, ({ id }) => id)
        const bytes = all.reduce((sum, image) => sum + image.bytes, 0)
        return context.json({
          images: rows.map(present),
          next,
          room: { bytes, mostBytes, images: all.length, mostImages },
        })
      },
    )
    .post(
      '/',
      describe(
        'Adds an image: the body is the file itself, a PNG, JPEG, GIF, WebP or AVIF of at most 10 MiB; mails get PNG, JPEG or GIF',
        ImageSchema,
      ),
      query(ImageUploadQuerySchema),
      async (context) => {
        const { name, alt } = context.req.valid('query')
        const bytes = await readBytes(context.req.raw, MOST_IMAGE_BYTES)
        return await keep(context, await maker.make(bytes), { name, alt })
      },
    )
    .get('/:id', describe('One image', ImageSchema), async (context) =>
      context.json(present(await expected(context))),
    )
    .patch(
      '/:id',
      describe('Gives an image another name or other words', ImageSchema, ImageChangeSchema),
      async (context) => {
        const given = await bodyOf(context, ImageChangeSchema)
        const workspaceId = context.get('workspaceId')
        const id = context.req.param('id')
        const changes = {
          ...(given.name === undefined ? {} : { name: given.name }),
          ...(given.alt === undefined ? {} : { alt: given.alt }),
        }
        const changed = await store.write(async (tx) => {
          await updateImage(tx, workspaceId, id, changes)
          const image = await findImage(tx, workspaceId, id)
          if (!image) throw unknown(id)
          await record(tx, context, 'image.changed', { id, ...changes })
          return image
        })
        return context.json(present(changed))
      },
    )
    .delete(
      '/:id',
      describe(
        'Deletes an image, also from mails that were sent; 409 with `problems` where templates show it, unless force=true',
        z.object({ id: z.string() }),
      ),
      query(ImageDeletionQuerySchema),
      async (context) => {
        const workspaceId = context.get('workspaceId')
        const image = await expected(context)
        const { id, hash, name } = image
        const { force } = context.req.valid('query')
        if (!force) {
          const { templates, isLogo } = await findImageUses(store, workspaceId, hash)
          const problems = [
            ...templates.map((template) => ({ template, message: `The template ${template} shows it` })),
            ...(isLogo ? [{ template: null, message: 'It is the logo of the brand' }] : []),
          ]
          const [first] = problems
          if (first)
            throw new CicloError(
              'conflict',
              `The image ${name} is in use: ${problems.map(({ message }) => message).join('; ')}. force=true deletes it all the same`,
              { problems },
            )
        }
        await store.write(async (tx) => {
          await deleteImage(tx, workspaceId, image)
          await record(tx, context, 'image.deleted', { id, name, hash })
        })
        files.forget(hash)
        return context.json({ id })
      },
    )
    .post(
      '/:id/resize',
      describe('Adds the same image in a smaller width', ImageSchema, ImageResizeSchema),
      async (context) => {
        const { width } = await bodyOf(context, ImageResizeSchema)
        const { id, hash, name, alt, width: given } = await expected(context)
        if (width >= given)
          throw new CicloError('bad-request', `width: given ${width}, expected less than its ${given} pixels`)
        const file = await store.read((tx) => readImageFile(tx, hash))
        if (!file) throw unknown(id)
        const made = await maker.resize(file.content, width)
        return await keep(context, made, { name: `${name} (${width} px)`.slice(-200), alt, of: id })
      },
    )
}
