import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { formFields, type FormFields } from './support/formFields.ts'
import { seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

type Json = Record<string, unknown>

const DAY = 86_400_000

/** Machines that test are slow. */
const eventually = (check: () => Promise<void> | void) => vi.waitFor(check, 20_000)

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 5 })
})
afterAll(() => studio.stop())

const ask = async (method: string, path: string, body?: unknown): Promise<Json> => {
  const response = await fetch(`${studio.server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return (await response.json()) as Json
}
const draftOf = async (id: string) => {
  const { draft } = (await ask('GET', `/journeys/${id}`)) as { draft: { definition: Json } }
  return draft.definition as Json & { steps: Json[]; trigger: Json }
}
const yamlOf = async (id: string) => {
  const { files } = (await ask('GET', '/journeys/files')) as { files: { id: string; text: string }[] }
  return files.find((file) => file.id === id)?.text ?? ''
}
const idOf = (kind: string) => kind.toLowerCase()

/** Changes the rule that is shown in a form, in the dialogue that is opened for it. */
async function changeRule(page: Page, { press }: FormFields): Promise<void> {
  await press('Change the rule')
  const dialog = page.getByRole('dialog')
  const states = dialog.getByLabel('States').first()
  await states.click()
  await page.locator('[role="option"]:visible', { hasText: 'Unknown' }).first().click()
  await page.keyboard.press('Escape')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await dialog.waitFor({ state: 'detached' })
}

interface KindRow {
  kind: string
  name: string
  fill: (fields: FormFields, page: Page) => Promise<void>
  /** What the journey has of it then. */
  has: Json
  /** What its file says of it. */
  says: readonly string[]
}

const LONG = { timeout: 4 * DAY }

const STEPS: readonly KindRow[] = [
  {
    kind: 'send',
    name: 'Send an e-mail',
    async fill({ choose, lastInstead }) {
      await choose('Template', 'order-confirmation')
      await choose('If the customer got enough mails already', 'Do not send this one')
      await lastInstead('Too late after', '3')
    },
    has: { template: 'order-confirmation', purpose: 'marketing', onCap: 'skip', expiresAfter: 3 * DAY },
    says: ['template: order-confirmation', 'onCap: skip', 'expiresAfter: 3d'],
  },
  {
    kind: 'delay',
    name: 'Pause',
    fill: async ({ last, choose }) => {
      await last('How long', '5')
      await choose('Goes on with', 'The end')
    },
    has: { duration: 5 * DAY, next: 'end' },
    says: ['duration: 5d', 'next: end'],
  },
  {
    kind: 'wait',
    name: 'Wait for something',
    async fill({ fill, choose, last }) {
      await fill('Event', 'Checkout Started')
      await last('At most', '4')
      await choose('If it has not happened', 'The end')
    },
    has: { for: expect.objectContaining({ name: 'Checkout Started' }), onTimeout: 'end', ...LONG },
    says: ['name: Checkout Started', 'timeout: 4d', 'onTimeout: end'],
  },
  {
    kind: 'branch',
    name: 'Decide',
    async fill({ press, choose, ...fields }, page) {
      await changeRule(page, { press, choose, ...fields })
      await press('Add a way')
      await choose('goes to', /^rest:/, 1)
      await choose('Else', 'The end')
    },
    has: {
      ways: [
        { when: { kind: 'lifecycle', region: 'engagement', states: ['warm', 'unknown'] }, to: 'rest' },
        { when: { kind: 'lifecycle', region: 'value', states: ['vip'] }, to: 'rest' },
      ],
      otherwise: 'end',
    },
    says: ['region: engagement', 'otherwise: end'],
  },
  {
    kind: 'split',
    name: 'Split by chance',
    async fill({ fill, press, choose }) {
      await press('Add a way')
      await fill('Share of way 1', '20')
      await fill('Share of way 3', '30')
      await choose('goes to', 'The end', 2)
    },
    has: {
      ways: [
        { weight: 20, to: 'rest' },
        { weight: 50, to: 'rest' },
        { weight: 30, to: 'end' },
      ],
    },
    says: ['weight: 20', 'weight: 30'],
  },
  {
    kind: 'until',
    name: 'Wait for a time of day',
    async fill({ fill, tick }) {
      await fill('Time of day', '18:30')
      await tick('Monday')
      await tick('Friday')
    },
    has: { at: '18:30', weekdays: ['mon', 'fri'] },
    says: ['18:30', 'mon', 'fri'],
  },
  {
    kind: 'untilDate',
    name: 'Wait for a day',
    async fill({ fill, switchOn, choose }) {
      await fill('Which day', 'pet.birthday')
      await switchOn('Every year again')
      await fill('Days before or after', '-3')
      await fill('Time of day', '08:15')
      await choose('If the day is not known', 'The end')
    },
    has: { path: ['pet', 'birthday'], yearly: false, days: -3, at: '08:15', onMissing: 'end' },
    says: ['days: -3', '08:15', 'onMissing: end'],
  },
  {
    kind: 'coupon',
    name: 'Give a coupon',
    async fill({ choose, fill, lastInstead }) {
      await choose('Which code', 'The same code for everybody')
      await fill('Code', 'SPRING-15')
      await lastInstead('Can be used for', '14')
    },
    has: { from: { code: 'SPRING-15' }, validFor: 14 * DAY },
    says: ['code: SPRING-15', 'validFor: 14d'],
  },
  {
    kind: 'update',
    name: 'Change the customer',
    async fill({ press, fill, switchOn }, page) {
      await press('Add one')
      await fill('Name', 'plan')
      await fill('Value', 'gold')
      await press('Add one')
      // On its way to its own name it is called as the first one is.
      await page.getByLabel('Name', { exact: true }).last().pressSequentially('plans')
      await fill('Value', 'two', 1)
      await switchOn('Stop marketing')
    },
    has: { traits: { plan: 'gold', plans: 'two' }, stopMarketing: true },
    says: ['plan: gold', 'plans: two', 'stopMarketing: true'],
  },
  {
    kind: 'webhook',
    name: 'Tell another system',
    fill: async ({ fill }) => await fill('Address', 'https://crm.example/told?by=ciclo'),
    has: { url: 'https://crm.example/told?by=ciclo' },
    says: ['url: https://crm.example/told?by=ciclo'],
  },
  {
    kind: 'startJourney',
    name: 'Start another journey',
    fill: async ({ choose }) => await choose('Journey', /\(birthday\)/),
    has: { journey: 'birthday' },
    says: ['journey: birthday'],
  },
  {
    kind: 'endJourney',
    name: 'End another journey',
    fill: async ({ choose }) => await choose('Journey', /\(win-back\)/),
    has: { journey: 'win-back' },
    says: ['journey: win-back'],
  },
  { kind: 'end', name: 'End here', fill: async () => {}, has: {}, says: [] },
]

const TRIGGERS: readonly KindRow[] = [
  {
    kind: 'transition',
    name: "The customer's stage or standing changes",
    async fill({ choose }) {
      await choose('What changes', 'Value')
      await choose('Becomes', 'VIP')
      await choose('Was before', 'Standard')
    },
    has: { region: 'value', to: 'vip', from: 'standard' },
    says: ['region: value', 'to: vip', 'from: standard'],
  },
  {
    kind: 'event',
    name: 'Something happens (an event)',
    async fill({ fill, press }) {
      await fill('Event', 'Product Viewed')
      await press('Add a detail')
      await fill('Which detail', 'category')
      await fill('Value', 'coffee')
    },
    has: {
      type: 'track',
      name: 'Product Viewed',
      where: [{ path: ['category'], condition: { operator: 'is', value: 'coffee' } }],
    },
    says: ['name: Product Viewed', 'coffee'],
  },
  {
    kind: 'segment',
    name: 'Somebody enters or leaves a segment',
    async fill({ choose }) {
      await choose('Segment', 'Regulars')
      await choose('When', 'Somebody leaves it')
    },
    has: { segment: 'regulars', to: 'out' },
    says: ['segment: regulars', 'to: out'],
  },
  {
    kind: 'date',
    name: 'A day of the customer comes',
    async fill({ choose, last, fill }) {
      await choose('Which day', 'Some time after the last order')
      await last('After the order', '45')
      await fill('Days before or after', '2')
      await fill('Time of day', '10:45')
    },
    has: { date: { of: 'lastOrder', after: 45 * DAY }, days: 2, at: '10:45' },
    says: ['of: lastOrder', 'after: 45d', '10:45'],
  },
  {
    kind: 'schedule',
    name: 'Again and again, by the calendar',
    async fill({ choose, fill }) {
      await choose('How often', 'Every week')
      await choose('On', 'Thursday')
      await fill('Time of day', '11:15')
    },
    has: { every: { unit: 'week', weekday: 'thu' }, at: '11:15' },
    says: ['weekday: thu', '11:15'],
  },
  {
    kind: 'rfm',
    name: 'Somebody moves into a buyer group',
    fill: async ({ choose }) => await choose('Group', 'loyal'),
    has: { to: 'loyal' },
    says: ['to: loyal'],
  },
  {
    kind: 'api',
    name: 'Only when it is asked for',
    fill: async () => {},
    has: {},
    says: ['kind: api'],
  },
]

async function begin(id: string, step?: string): Promise<{ page: Page; fields: FormFields }> {
  expect(
    await ask('PUT', `/journeys/${id}/draft`, {
      id,
      name: 'Filled',
      trigger: { kind: 'event', name: 'Order Completed' },
      reentry: { kind: 'always' },
      steps: [{ kind: 'delay', id: 'rest', duration: '1d' }],
    }),
  ).toMatchObject({ id })
  const page = await studio.open(`/journeys/${id}?view=list${step === undefined ? '' : `&step=${step}`}`)
  await settled(page)
  return { page, fields: formFields(page, page.locator('[data-form]')) }
}

/** What was filled is in the journey and in its file, is shown again, and nothing on the page is in anybody's way. */
async function expectKept(
  page: Page,
  id: string,
  row: KindRow,
  of: (journey: Json & { steps: Json[] }) => Json,
) {
  await eventually(async () => expect(of(await draftOf(id))).toMatchObject({ kind: row.kind, ...row.has }))
  const text = await yamlOf(id)
  for (const said of row.says) expect(text).toContain(said)
  expect(await page.getByText('Not complete yet').count()).toBe(0)
  await settled(page)
  expect(await seriousProblems(page)).toEqual([])
  await page.close()
}

describe('A step is added, its form filled, and the YAML has what was filled', () => {
  it.each(STEPS.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    const id = `step-${idOf(row.kind)}`
    const { page, fields } = await begin(id)
    await page.getByRole('button', { name: 'Add a step here: at the beginning' }).click()
    await page.getByRole('menuitem', { name: row.name }).click()
    await page.locator('[data-form]').getByRole('heading', { name: row.name }).waitFor()
    await row.fill(fields, page)
    await fields.fill('Id of the step', `my-${idOf(row.kind)}`)
    await page.keyboard.press('Enter')
    await eventually(async () =>
      expect((await draftOf(id)).steps[0]).toMatchObject({ id: `my-${idOf(row.kind)}` }),
    )
    await expectKept(page, id, row, ({ steps }) => steps[0] ?? {})
  })
})

describe('What starts a journey is chosen, its form filled, and the YAML has what was filled', () => {
  it.each(TRIGGERS.map((row) => [row.name, row] as const))('%s', async (_name, row) => {
    await ask('PUT', '/segments/regulars', {
      name: 'Regulars',
      rule: { kind: 'lifecycle', region: 'stage', states: ['active'] },
    })
    const id = `trigger-${idOf(row.kind)}`
    const { page, fields } = await begin(id, 'trigger')
    // Another one first: that it is the same kind says nothing.
    await fields.choose('Starts when', row.kind === 'api' ? /buyer group/ : 'Only when it is asked for')
    await fields.choose('Starts when', row.name)
    await row.fill(fields, page)
    await expectKept(page, id, row, ({ trigger }) => trigger as Json)
  })
})
