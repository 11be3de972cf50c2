import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import {
  TemplateDraftSchema,
  TemplatePreviewSchema,
  TemplatesSchema,
  TemplateTestSchema,
} from '../routes/templateSchemas.ts'
import type { ApiTarget } from './apiTarget.ts'
import { createApiRun } from './createApiRun.ts'
import { isAgreed } from './isAgreed.ts'
import { harmless } from './quoted.ts'
import type { Surroundings } from './surroundings.ts'
import { changedFiles, readTemplateFolders, writeTemplateFolder } from './templateFiles.ts'
import {
  bodyOfTemplate,
  checkFolders,
  pushTemplates,
  readServerTemplate,
  templatePath,
  type ServerTemplate,
} from './templatePush.ts'

type Say = Surroundings['say']

const FOLDER = 'templates'
const CODES = '\nExit codes: 0 done, 1 could not be carried out, 2 there are errors, or somebody said no'

async function readList({ request }: ApiTarget) {
  return TemplatesSchema.parse(await (await request('GET', '/templates')).json()).templates
}

async function list(target: ApiTarget, say: Say): Promise<void> {
  for (const { name, uses, version, draft } of await readList(target)) {
    const used = uses === 'own' ? `own, version ${version}` : (uses ?? 'not published')
    say(`${name.padEnd(24)}  ${used}${draft === null ? '' : `, draft ${draft}`}`)
  }
}

/** Writes the server's templates into folders; asks before it changes files. */
export async function pullTemplates(
  target: ApiTarget,
  { names, to, yes }: { names: readonly string[]; to: string; yes?: boolean | undefined },
  surroundings: Surroundings,
): Promise<number> {
  const { say, folder } = surroundings
  const path = resolve(folder, to)
  const own = async () =>
    (await readList(target)).filter(({ uses, draft }) => uses !== 'shipped' || draft !== null)
  const wanted = names.length > 0 ? names : (await own()).map(({ name }) => name)
  if (wanted.length === 0)
    say('There is no own template. A name pulls one that comes with Ciclo, to begin with.')
  const templates: ServerTemplate[] = []
  for (const name of wanted) templates.push(await readServerTemplate(target, name))
  let changed = 0
  for (const { name, source } of templates) {
    const files = await changedFiles(path, source)
    if (files.length > 0) say(`${name}: ${files.join(', ')} differ`)
    changed += files.length
  }
  if (changed > 0 && !(await isAgreed(`Overwrite ${changed} files in ${path}?`, yes, surroundings))) return 2
  await mkdir(path, { recursive: true })
  for (const { name, source, of } of templates) {
    await writeTemplateFolder(path, source)
    say(`${name}: written (${of})`)
  }
  return 0
}

interface Shown {
  customer?: string
  email?: string
  locale?: string
  /** A folder of templates: what stands there is shown, saved or not. */
  from?: string
}

async function requestOf(name: string, { customer, email, locale, from }: Shown, folder: string) {
  const [local] = from === undefined ? [] : await readTemplateFolders(from, [name], folder)
  return {
    ...(customer === undefined ? {} : { customerId: customer }),
    ...(email === undefined ? {} : { email }),
    ...(locale === undefined ? {} : { locale }),
    ...(local ? { source: bodyOfTemplate(local.source) } : {}),
  }
}

const shownOptions = (command: Command) =>
  command
    .option('--customer <id>', 'with the data of this customer; made-up data, if left out')
    .option('--email <address>', 'with the data of the customer of this address')
    .option('--locale <locale>', 'such as pl or es-MX; the customer’s, if left out')
    .option('--from <folder>', 'what stands in this folder, saved or not; what the server has, if left out')

/** `ciclo templates ...`: templates as files, how they look, and what is wrong with them. */
export function addTemplateCommands(
  program: Command,
  surroundings: Surroundings,
  exitWith: (code: number) => void,
): void {
  const { say, warn, folder } = surroundings
  const run = createApiRun(surroundings, exitWith)
  const templates = program
    .command('templates')
    .description('Templates of mails and their versions, as docs/templates.md tells')

  templates
    .command('list')
    .description('Every template: an own version, or what comes with Ciclo')
    .action(() => run((target) => list(target, say)))
  templates
    .command('pull')
    .description('Write templates into folders: the own ones, or those named, also of what comes with Ciclo')
    .argument('[names...]')
    .option('--to <folder>', 'where to', FOLDER)
    .option('--yes', 'do not ask')
    .addHelpText('after', CODES)
    .action((names: string[], flags: { to: string; yes?: boolean }) =>
      run((target) => pullTemplates(target, { names, ...flags }, surroundings)),
    )
  templates
    .command('push')
    .description('Save templates from folders as drafts')
    .argument('[names...]', 'all of the folder, if left out')
    .option('--from <folder>', 'where from', FOLDER)
    .option('--publish', 'publish them, too: the next mail is made of them')
    .option('--yes', 'do not ask')
    .addHelpText('after', CODES)
    .action(async (names: string[], flags: { from: string; publish?: boolean; yes?: boolean }) => {
      const folders = await readTemplateFolders(flags.from, names, folder)
      await run((target) => pushTemplates(target, folders, flags, surroundings))
    })
  templates
    .command('check')
    .description('What is wrong with templates in folders: file and line, or language and string')
    .argument('[names...]', 'all of the folder, if left out')
    .option('--from <folder>', 'where from', FOLDER)
    .addHelpText('after', CODES)
    .action(async (names: string[], { from }: { from: string }) => {
      const folders = await readTemplateFolders(from, names, folder)
      await run(async (target) => {
        const errors = await checkFolders(target, folders, warn)
        say(`${folders.length} templates, ${errors} errors`)
        return errors > 0 ? 2 : 0
      })
    })
  shownOptions(
    templates
      .command('preview')
      .description('How a template looks: its subject and text, and its HTML in a file')
      .argument('<name>'),
  )
    .option('--out <file>', 'where the HTML goes')
    .action(async (name: string, { out, ...shown }: Shown & { out?: string }) => {
      const asked = await requestOf(name, shown, folder)
      await run(async ({ request }) => {
        const response = await request('POST', `${templatePath(name)}/preview`, asked)
        const { subject, preheader, html, text, locale, problems } = TemplatePreviewSchema.parse(
          await response.json(),
        )
        for (const line of [`Subject: ${subject}`, `Preheader: ${preheader}`, `Language: ${locale}`, ''])
          say(harmless(line))
        say(text.trimEnd().split('\n').map(harmless).join('\n'))
        for (const { severity, message } of problems) warn(harmless(`${severity}: ${message}`))
        if (out === undefined) return
        await writeFile(resolve(folder, out), html)
        say(`The HTML is in ${out}`)
      })
    })
  shownOptions(
    templates
      .command('test')
      .description('Send a preview to an address, marked [Test]')
      .argument('<name>')
      .requiredOption('--to <address>', 'where it goes'),
  ).action(async (name: string, { to, ...shown }: Shown & { to: string }) => {
    const asked = await requestOf(name, shown, folder)
    await run(async ({ request }) => {
      const response = await request('POST', `${templatePath(name)}/test`, { ...asked, to })
      const { subject, taken, response: answer } = TemplateTestSchema.parse(await response.json())
      say(harmless(`${subject}: ${taken ? 'taken' : 'not taken'} by the mail server: ${answer}`))
      return taken ? 0 : 2
    })
  })
  templates
    .command('versions')
    .description('The versions of a template')
    .argument('<name>')
    .action((name: string) =>
      run(async (target) => {
        const { versions, of } = await readServerTemplate(target, name)
        for (const { version, status, hash, createdAt, publishedAt } of versions) {
          const told = hash === 'shipped' ? 'back to what comes with Ciclo' : hash.slice(0, 12)
          say(`${version}  ${status.padEnd(9)}  ${publishedAt ?? createdAt}  ${told}`)
        }
        if (of === 'shipped') say('Mails are made of what comes with Ciclo.')
      }),
    )
  templates
    .command('restore')
    .description('Make what a version says the draft')
    .argument('<name>')
    .argument('<version>')
    .action((name: string, version: string) =>
      run(async ({ request }) => {
        const path = `${templatePath(name)}/versions/${encodeURIComponent(version)}/restore`
        const draft = TemplateDraftSchema.parse(await (await request('POST', path)).json())
        say(`${name}: version ${version} is the draft, as version ${draft.version}`)
      }),
    )
  templates
    .command('use-shipped')
    .description('From now on make mails of what comes with Ciclo; own versions stay')
    .argument('<name>')
    .action((name: string) =>
      run(async ({ request }) => {
        await request('POST', `${templatePath(name)}/use-shipped`)
        say(`${name}: what comes with Ciclo`)
      }),
    )
}
