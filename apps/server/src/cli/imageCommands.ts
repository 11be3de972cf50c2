import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import type { Command } from 'commander'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import { ImageSchema, ImagesSchema } from '../routes/imageSchemas.ts'
import { createApiRun } from './createApiRun.ts'
import { quoted } from './quoted.ts'
import { readPages } from './readPages.ts'
import type { Surroundings } from './surroundings.ts'

const lineOf = ({ id, width, height, bytes, name, url }: z.infer<typeof ImageSchema>) =>
  [id, `${width}x${height}`.padEnd(9), `${Math.ceil(bytes / 1024)} KB`.padStart(8), quoted(name), url].join(
    '  ',
  )

/** `ciclo images list|put|remove`: the pictures that mails show. */
export function addImageCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say, folder } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const images = program
    .command('images')
    .description('The library of pictures for mails, as docs/images.md tells')
  images
    .command('list')
    .description('Every picture, the newest first: its id, size, file, name and address')
    .action(() =>
      run(async (target) => {
        let count = 0
        for await (const page of readPages(target, '/images', ImagesSchema)) {
          count += page.images.length
          for (const image of page.images) say(lineOf(image))
        }
        if (count === 0) say('There are no images.')
      }),
    )
  images
    .command('put')
    .description('Add a picture: PNG, JPEG, GIF, WebP or AVIF, at most 10 MiB')
    .argument('<file>')
    .option('--name <name>', 'what it is called in the library; the name of the file, when left out')
    .option('--alt <text>', 'what is read where it is not seen', '')
    .action(async (file: string, { name = basename(file), alt }: { name?: string; alt: string }) => {
      const path = resolve(folder, file)
      const content = await readFile(path).catch((cause: unknown) => {
        throw new CicloError('bad-request', `${path}: cannot be read: ${(cause as Error).message}`, { cause })
      })
      await run(async ({ request }) => {
        const asked = new URLSearchParams({ name, alt })
        const response = await request('POST', `/images?${asked.toString()}`, content)
        say(lineOf(ImageSchema.parse(await response.json())))
      })
    })
  images
    .command('remove')
    .description('Delete a picture, also from mails that were sent')
    .argument('<id>')
    .option('--force', 'even if templates show it', false)
    .action((id: string, { force }: { force: boolean }) =>
      run(async ({ request }) => {
        await request('DELETE', `/images/${encodeURIComponent(id)}?force=${force}`)
        say(`${id}: removed`)
      }),
    )
}
