import { z } from 'zod'
import { PageQuerySchema } from './apiSchemas.ts'

const name = z.string().trim().min(1).max(200)
/** Mail programs cut longer ones off, and nobody listens to them. */
const alt = z.string().trim().max(500)

export const ImageSchema = z.object({
  id: z.string(),
  /** Where everybody may see it: what mails name. */
  url: z.url(),
  name: z.string(),
  alt: z.string(),
  type: z.enum(['image/png', 'image/jpeg', 'image/gif']),
  width: z.int(),
  height: z.int(),
  bytes: z.int(),
  createdAt: z.iso.datetime(),
})

export const ImagesQuerySchema = PageQuerySchema.extend({
  /** Words of the name or the alternative text. */
  q: z.string().max(200).optional(),
})

export const ImagesSchema = z.object({
  images: z.array(ImageSchema),
  next: z.string().nullable(),
  /** Of all images: bytes that their files take, and how many there may be. */
  room: z.object({ bytes: z.int(), mostBytes: z.int(), images: z.int(), mostImages: z.int() }),
})

export const ImageUploadQuerySchema = z.object({ name: name.default('image'), alt: alt.default('') })

export const ImageChangeSchema = z
  .object({ name, alt })
  .partial()
  .strict()
  .refine((changes) => Object.keys(changes).length > 0, 'expected a name or an alt')

export const ImageResizeSchema = z.object({ width: z.int().min(16).max(4000) }).strict()

export const ImageDeletionQuerySchema = z.object({ force: z.stringbool().default(false) })
