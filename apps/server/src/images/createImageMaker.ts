import { createHash } from 'node:crypto'
import type { Metadata, Sharp } from 'sharp'
import { CicloError } from '../errors.ts'
import type { ImageType } from '../store/queries/images.ts'
import { createTurns } from './createTurns.ts'
import { isSvg, kindOf, type ImageKind } from './imageKinds.ts'

/** Of a file that is uploaded, and of one that is kept. */
export const MOST_IMAGE_BYTES = 10 * 1024 * 1024
/** Of all its frames together: what a small file may unfold to in memory is four bytes for each. */
const MOST_PIXELS = 40_000_000
const LONGEST_DECODING = 30
/** Each may hold 40 megapixels. */
const AT_ONCE = 2
const MAY_WAIT = 20

/** A picture as mails can show it. */
export interface MadeImage {
  type: ImageType
  width: number
  height: number
  content: Buffer
  hash: string
}

const refused = (message: string) => new CicloError('bad-request', `The file cannot be used: ${message}`)

/** libvips reads a hundred kinds of files, and not all of its readers were made for strangers: only these may run. */
const LOADERS = ['Png', 'Jpeg', 'Nsgif', 'Webp', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`)

async function openSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: LOADERS })
  return sharp
}

type SharpMaker = Awaited<ReturnType<typeof openSharp>>

const TYPES = { png: 'image/png', jpeg: 'image/jpeg', gif: 'image/gif' } as const

/** What mail programs show: Outlook knows neither WebP nor AVIF. */
function outputOf(kind: ImageKind, { pages = 1, hasAlpha }: Metadata): keyof typeof TYPES {
  if (kind === 'png' || kind === 'jpeg' || kind === 'gif') return kind
  if (pages > 1) return 'gif'
  return hasAlpha ? 'png' : 'jpeg'
}

async function write(image: Sharp, output: keyof typeof TYPES, isPalette: boolean): Promise<MadeImage> {
  const srgb = image.toColourspace('srgb')
  const written =
    output === 'png'
      ? srgb.png({ compressionLevel: 9, palette: isPalette })
      : output === 'gif'
        ? srgb.gif()
        : srgb.jpeg({ quality: 85, mozjpeg: true })
  const { data: content, info } = await written.toBuffer({ resolveWithObject: true })
  if (content.length > MOST_IMAGE_BYTES)
    throw refused(
      `made fit for mails it takes ${content.length} bytes, expected at most ${MOST_IMAGE_BYTES}; make it smaller first`,
    )
  return {
    type: TYPES[output],
    width: info.width,
    // Of an animation the frames lie below each other.
    height: info.pageHeight ?? info.height,
    content,
    hash: createHash('sha256').update(content).digest('hex').slice(0, 40),
  }
}

/**
 * Makes files into pictures that every mail program shows and that hold nothing else: decoded and written anew, without
 * the place and camera that a telephone writes into them, turned as they are meant to be seen. Runs in threads of its
 * own, off the event loop.
 */
export function createImageMaker() {
  let opened: Promise<SharpMaker> | undefined
  const take = createTurns(AT_ONCE, MAY_WAIT)

  const decode = (sharp: SharpMaker, bytes: Buffer, kind: ImageKind) =>
    sharp(bytes, {
      // An APNG is shown as its first frame.
      animated: kind === 'gif' || kind === 'webp',
      failOn: 'error',
      limitInputPixels: MOST_PIXELS,
    }).timeout({ seconds: LONGEST_DECODING })

  async function make(bytes: Buffer, width: number | undefined): Promise<MadeImage> {
    const kind = kindOf(bytes)
    if (kind === undefined)
      throw refused(
        isSvg(bytes)
          ? 'it is an SVG, which Gmail and Outlook do not show; save it as PNG, twice as wide as it is to be seen'
          : 'it is no PNG, JPEG, GIF, WebP or AVIF by its content, whatever its name says',
      )
    opened ??= openSharp()
    const sharp = await opened
    try {
      const metadata = await decode(sharp, bytes, kind).metadata()
      const { width: given, height, pages = 1, pageHeight = height } = metadata
      if (given * pageHeight * pages > MOST_PIXELS) throw refused(tooManyPixels)
      const turned = decode(sharp, bytes, kind).autoOrient()
      const resized = width === undefined ? turned : turned.resize({ width, withoutEnlargement: true })
      return await write(resized, outputOf(kind, metadata), metadata.isPalette)
    } catch (cause) {
      if (cause instanceof CicloError) throw cause
      const { message } = cause as Error
      if (/pixel limit/i.test(message)) throw refused(tooManyPixels)
      // What the decoder says is of use to nobody who has drawn a picture.
      throw new CicloError(
        'bad-request',
        `The file cannot be used: it begins like ${kind.toUpperCase()} and is broken or cut off`,
        { cause },
      )
    }
  }

  return {
    /** Throws `bad-request` that says why a file is no picture to be used. */
    make: async (bytes: Buffer): Promise<MadeImage> => await take(() => make(bytes, undefined)),
    /** The same picture, narrower, in its proportions. */
    resize: async (bytes: Buffer, width: number): Promise<MadeImage> => await take(() => make(bytes, width)),
  }
}

const tooManyPixels = `it has more than ${MOST_PIXELS} pixels, all its frames together, expected at most as many`
