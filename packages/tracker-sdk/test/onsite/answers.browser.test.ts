import { expect, test } from 'vitest'
import { shownMessage } from './support/shownMessage.ts'
import { callsOf, decided, testWithOnsite } from './support/testWithOnsite.ts'

const stage = testWithOnsite()

const card = 'ciclo-onsite .c'
const told = (event: string, message: string) => [
  'track',
  `On-site Message ${event}`,
  { message, kind: message },
]
const { texts } = shownMessage('signUp')

test('a sign-up needs the ticked box, says so beside it, and then subscribes', async () => {
  const page = await stage.open([shownMessage('signUp')])
  expect(await page.getByRole('checkbox').isChecked()).toBe(false)
  await page.getByLabel('Your e-mail').fill('ana@example.com')
  await page.getByLabel('First name').fill(' Ana ')
  await page.getByRole('button', { name: 'Sign me up' }).click()
  expect(await callsOf(page)).toEqual([told('Shown', 'signUp')])
  const box = page.getByRole('checkbox')
  expect(
    await box.evaluate((element) => element.getRootNode() instanceof ShadowRoot && element.matches(':focus')),
  ).toBe(true)
  expect(await box.getAttribute('aria-invalid')).toBe('true')
  const problem = page.locator(`#${await box.getAttribute('aria-describedby')}`)
  expect(await problem.textContent()).not.toBe('')

  await box.check()
  expect(await problem.textContent()).toBe('')
  await page.getByRole('button', { name: 'Sign me up' }).click()
  expect((await callsOf(page)).slice(1)).toEqual([
    ['identify', { email: 'ana@example.com', firstName: 'Ana' }],
    [
      'track',
      'Subscribed',
      {
        email: 'ana@example.com',
        topic: 'news',
        method: 'onsite',
        text: texts.consent,
        clause: texts.clause,
        form: 'signUp',
      },
    ],
  ])
  const thanks = page.getByRole('status')
  expect(await thanks.textContent()).toBe(texts.thanks)
  expect(await thanks.evaluate((element) => element.matches(':focus'))).toBe(true)
  // Closed after an answer: nothing more to tell, and never asked again.
  await page.keyboard.press('Escape')
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
  expect(await callsOf(page)).toHaveLength(3)
  await page.reload()
  await decided(page)
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
})

test('a sign-up without words of consent has no box, and subscribes nobody', async () => {
  const page = await stage.open([shownMessage('signUp', { texts: { consent: '', thanks: '' } })])
  expect(await page.getByRole('checkbox').count()).toBe(0)
  await page.getByLabel('Your e-mail').fill('ana@example.com')
  await page.keyboard.press('Enter')
  expect(await callsOf(page)).toEqual([told('Shown', 'signUp'), ['identify', { email: 'ana@example.com' }]])
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
})

test('a wrong address is said beside its field, and goes with the correction', async () => {
  const page = await stage.open([shownMessage('signUp')])
  const field = page.getByLabel('Your e-mail')
  await field.fill('ana')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: 'Sign me up' }).click()
  expect(await field.getAttribute('aria-invalid')).toBe('true')
  expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true)
  await field.fill('ana@example.com')
  expect(await field.getAttribute('aria-invalid')).toBe('false')
})

test('a contest is entered with the box unticked, and nobody is subscribed', async () => {
  const page = await stage.open([shownMessage('contest')])
  await page.getByLabel('Your e-mail').fill('ana@example.com')
  await page.getByLabel('Your birthday').fill('1990-05-17')
  await page.getByRole('radio', { name: 'Female' }).check()
  await page.getByRole('checkbox', { name: 'Coffee' }).check()
  await page.getByRole('checkbox', { name: 'Tea' }).check()
  await page.getByRole('button', { name: 'Take part' }).click()
  expect(await callsOf(page)).toEqual([
    told('Shown', 'contest'),
    [
      'identify',
      { email: 'ana@example.com', birthday: '1990-05-17', gender: 'f', preferences: ['coffee', 'tea'] },
    ],
    ['track', 'Contest Entered', { contest: 'contest', email: 'ana@example.com' }],
  ])
})

test('a contest with the box ticked subscribes as well, and what was left empty is not told', async () => {
  const page = await stage.open([shownMessage('contest')])
  await page.getByLabel('Your e-mail').fill('ana@example.com')
  await page.getByRole('radio', { name: 'Male', exact: true }).check()
  await page.getByRole('checkbox', { name: 'I would like' }).check()
  await page.getByRole('button', { name: 'Take part' }).click()
  const { clause, consent } = shownMessage('contest').texts
  expect((await callsOf(page)).slice(1)).toEqual([
    ['identify', { email: 'ana@example.com', gender: 'm' }],
    [
      'track',
      'Subscribed',
      { email: 'ana@example.com', method: 'onsite', text: consent, clause, form: 'contest' },
    ],
    ['track', 'Contest Entered', { contest: 'contest', email: 'ana@example.com' }],
  ])
})

test('choices that are required need one, and many options are a list to open', async () => {
  const option = (value: string) => ({ value, label: value.toUpperCase() })
  const page = await stage.open([
    shownMessage('contest', {
      fields: [
        { name: 'email', type: 'email', label: 'Mail', required: true, options: [] },
        {
          name: 'likes',
          type: 'choices',
          label: 'Likes',
          required: true,
          options: [option('a'), option('b')],
        },
        {
          name: 'size',
          type: 'choice',
          label: 'Size',
          required: true,
          options: ['c', 'd', 'e', 'f', 'g', 'h', 'i'].map(option),
        },
      ],
      texts: { consent: '' },
    }),
  ])
  await page.getByLabel('Mail').fill('ana@example.com')
  await page.getByLabel('Size').selectOption('d')
  await page.getByRole('button', { name: 'Take part' }).click()
  expect(await callsOf(page)).toHaveLength(1)
  await page.getByRole('checkbox', { name: 'B' }).check()
  await page.getByRole('button', { name: 'Take part' }).click()
  expect((await callsOf(page))[1]).toEqual([
    'identify',
    { email: 'ana@example.com', likes: ['b'], size: 'd' },
  ])
})

test('fields may have the names of what a form has already', async () => {
  const page = await stage.open([
    shownMessage('contest', {
      fields: ['submit', 'elements', 'addEventListener', 'constructor', 'email'].map((name) => ({
        name,
        type: name === 'email' ? ('email' as const) : ('text' as const),
        label: `The ${name}`,
        required: true,
        options: [],
      })),
    }),
  ])
  for (const field of await page.getByLabel(/^The /).all()) await field.fill('a@b')
  await page.keyboard.press('Enter')
  expect((await callsOf(page))[1]).toEqual([
    'identify',
    { submit: 'a@b', elements: 'a@b', addEventListener: 'a@b', constructor: 'a@b', email: 'a@b' },
  ])
})

test('a survey tells the number', async () => {
  const page = await stage.open([shownMessage('survey')])
  const send = page.getByRole('button', { name: 'Send' })
  await send.click()
  expect(await callsOf(page)).toEqual([told('Shown', 'survey')])
  await page.locator('label').filter({ hasText: /^10$/ }).click()
  await send.click()
  expect((await callsOf(page)).slice(1)).toEqual([
    ['track', 'Survey Answered', { survey: 'survey', score: 10 }],
  ])
  expect(await page.getByRole('status').textContent()).toBe('Thank you for telling us.')
})

test("a survey tells the option, and speaks the visitor's language where the shop says nothing", async () => {
  const page = await stage.open([
    shownMessage('survey', {
      locale: 'es',
      scale: null,
      texts: { button: '' },
      fields: [
        {
          name: 'how',
          type: 'choice',
          label: 'How',
          required: false,
          options: [
            { value: 'friend', label: 'A friend' },
            { value: 'search', label: 'A search' },
          ],
        },
      ],
    }),
  ])
  await page.getByRole('radio', { name: 'A friend' }).check()
  await page.getByRole('button', { name: 'Enviar' }).click()
  expect((await callsOf(page)).slice(1)).toEqual([
    ['track', 'Survey Answered', { survey: 'survey', answer: 'friend' }],
  ])
})

test('the thanks go after a while by themselves', async () => {
  const page = await stage.open([shownMessage('survey')], '/', (opened) => opened.clock.install())
  await page.locator('label').first().click()
  await page.getByRole('button', { name: 'Send' }).click()
  await page.clock.runFor(19_000)
  expect(await page.getByRole('status').count()).toBe(1)
  await page.clock.runFor(2_000)
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
})

test('a code is copied, and a link is followed', async () => {
  await stage.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await stage.open([shownMessage('popUp', { link: `${stage.shop.origin}/cart` })])
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('SAVE10')
  expect(await callsOf(page)).toEqual([told('Shown', 'popUp'), told('Clicked', 'popUp')])
  await page.getByRole('link', { name: 'To the basket' }).click()
  await page.waitForURL('**/cart')
})

test('a button without a link closes, and a closed message says so once', async () => {
  const page = await stage.open([shownMessage('popUp', { link: null })])
  await page.getByRole('button', { name: 'To the basket' }).click()
  expect(await page.locator('ciclo-onsite').count()).toBe(0)
  expect(await callsOf(page)).toEqual([told('Shown', 'popUp'), told('Closed', 'popUp')])
})

test('an offer counts down, and goes when it is over', async () => {
  const page = await stage.open(
    [shownMessage('bar', { endsAt: '2026-11-23T12:01:01Z' })],
    '/',
    async (opened) => {
      await opened.emulateMedia({ reducedMotion: 'no-preference' })
      await opened.clock.install({ time: '2026-11-23T12:00:00Z' })
      await opened.clock.pauseAt('2026-11-23T12:00:01Z')
    },
  )
  const timer = page.getByRole('timer')
  expect(await timer.getAttribute('aria-live')).toBe('off')
  expect(await timer.textContent()).toBe('1 minute')
  await page.clock.runFor(2_000)
  expect(await timer.textContent()).toBe('58 seconds')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.clock.runFor(1_000)
  expect(await timer.textContent()).toBe('1 minute')
  await page.clock.runFor(58_000)
  expect(await page.locator(card).count()).toBe(0)
  expect(await callsOf(page)).toEqual([told('Shown', 'bar')])
})

test('who refuses to be watched (Global Privacy Control) is not, but what they answer counts', async () => {
  const page = await stage.open([shownMessage('survey')], '/', (opened) =>
    opened.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
    ),
  )
  await page.locator('label').first().click()
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await callsOf(page)).toEqual([['track', 'Survey Answered', { survey: 'survey', score: 0 }]])
})
