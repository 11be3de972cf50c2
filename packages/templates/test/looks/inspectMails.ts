import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser } from './openBrowser.ts'
import { keyOf } from './seenMails.ts'
import type { ShippedMail } from './shippedMails.ts'
import { createStudio, SCHEMES, WIDTHS } from './studio.ts'

export interface Inspection {
  /** What is wrong, one line each. */
  problems: string[]
  /** Where the pictures are, and an `index.html` that shows them all. */
  folder: string
  pictures: number
}

const FOLDER = join(tmpdir(), 'ciclo-mail-looks')

/**
 * Shows mails in a real Chromium on a phone and on a desk, light and dark: takes a picture of each, and looks for what is
 * wider than the screen and for what axe-core calls serious. Also where the pictures of the mail do not load, and where
 * it has nothing to show.
 *
 * @param brand the folder of the pictures
 */
export async function inspectMails(mails: readonly ShippedMail[], brand = 'shipped'): Promise<Inspection> {
  const folder = join(FOLDER, brand)
  await mkdir(folder, { recursive: true })
  const browser = await openBrowser()
  const studio = await createStudio(browser)
  const problems: string[] = []
  const pictures: string[] = []
  const note = (what: string, found: readonly string[]) =>
    problems.push(...found.map((one) => `${what}: ${one}`))
  const checkWidth = async (what: string) => {
    const over = await studio.overflow()
    if (over > 0) note(what, [`is ${over} px wider than the screen`])
  }
  try {
    for (const mail of mails) {
      for (const scheme of SCHEMES) {
        for (const width of WIDTHS) {
          const file = `${keyOf(mail)}.${width}.${scheme}.png`
          await studio.show(mail.html, { width, scheme })
          await studio.photograph(join(folder, file))
          pictures.push(file)
          await checkWidth(file)
        }
        note(`${keyOf(mail)} in ${scheme}`, await studio.audit())
      }
      await studio.show(mail.html, { width: 320, scheme: 'light', images: false })
      await checkWidth(`${keyOf(mail)} without images`)
      // A mail with nothing to show is built alike in every language.
      if (mail.locale === 'en') {
        await studio.show(mail.bare.html, { width: 320, scheme: 'dark' })
        await checkWidth(`${keyOf(mail)} with nothing to show`)
        note(`${keyOf(mail)} with nothing to show`, await studio.audit())
      }
    }
  } finally {
    await studio.close()
    await browser.close()
  }
  const images = pictures.map(
    (file) => `<figure><img src="${file}" loading="lazy"><figcaption>${file}</figcaption></figure>`,
  )
  await writeFile(
    join(folder, 'index.html'),
    `<!doctype html><title>Shipped mails</title><style>body{display:flex;flex-wrap:wrap;gap:16px;background:#888}figure{margin:0}</style>${images.join('')}`,
  )
  return { problems, folder, pictures: pictures.length }
}
