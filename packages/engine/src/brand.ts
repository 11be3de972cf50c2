import { z } from 'zod'
import { HttpUrlSchema } from './httpUrl.ts'

export const ColourSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, { message: 'expected a colour such as #0f6b60' })

/** How a workspace's mails look: what all of its templates share. */
export const BrandSchema = z.object({
  /** An image of the shop's name; null: the name in letters. */
  logoUrl: HttpUrlSchema.nullable().default(null),
  /** Pixels at which it is shown. */
  logoWidth: z.number().int().min(16).max(400).default(140),
  /** A picture above the mails that celebrate something; null: none. */
  heroImageUrl: HttpUrlSchema.nullable().default(null),
  colours: z
    .object({
      /** Buttons, links, the shop's name. */
      accent: ColourSchema.default('#0f6b60'),
      onAccent: ColourSchema.default('#ffffff'),
      /** Where the reader's screen is dark. */
      darkAccent: ColourSchema.default('#6fd0c2'),
      onDarkAccent: ColourSchema.default('#0d2521'),
      background: ColourSchema.default('#f4f3ef'),
    })
    .prefault({}),
  fonts: z
    .object({
      heading: z.enum(['serif', 'sans', 'mono']).default('serif'),
      body: z.enum(['serif', 'sans', 'mono']).default('sans'),
    })
    .prefault({}),
  /** Corners of buttons and cards: pixels. */
  radius: z.number().int().min(0).max(40).default(10),
  /** Pages of the shop elsewhere, shown in the footer. */
  social: z
    .array(
      z.object({
        network: z.enum(['instagram', 'facebook', 'tiktok', 'youtube', 'x', 'pinterest', 'linkedin']),
        url: HttpUrlSchema,
      }),
    )
    .max(7)
    .default([]),
})
