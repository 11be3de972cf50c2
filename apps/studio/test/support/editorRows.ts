import type { Page } from 'playwright-core'

type Json = Record<string, unknown>
/** Asks the API, as somebody else does. */
export type AskApi = (method: string, path: string, body?: unknown) => Promise<Json>

/** An editor whose changes must never be lost, as the tests use it: one text of what it edits stands for all. */
export interface EditorRow {
  name: string
  /** Makes what is edited, anew. */
  make: (ask: AskApi, id: string) => Promise<unknown>
  /** Where it is edited. */
  path: (id: string) => string
  /** The field of that text. */
  write: (page: Page, text: string) => Promise<void>
  /** The text as the page shows it. */
  shown: (page: Page) => Promise<string>
  /** The text as the server has it. */
  stored: (ask: AskApi, id: string) => Promise<unknown>
  /** Somebody else saves another one. */
  change: (ask: AskApi, id: string, text: string) => Promise<unknown>
}

const purposeOf = (page: Page) => page.getByRole('textbox', { name: 'What it is for' })
const makeJourney = (ask: AskApi, id: string, description?: string) =>
  ask('PUT', `/journeys/${id}/draft`, {
    id,
    name: 'Thanks',
    ...(description === undefined ? {} : { description }),
    trigger: { kind: 'event', name: 'Order Completed' },
    reentry: { kind: 'always' },
    steps: [{ kind: 'delay', id: 'pause', duration: '2d' }],
  })

const journey: EditorRow = {
  name: 'a journey',
  make: (ask, id) => makeJourney(ask, id),
  path: (id) => `/journeys/${id}?step=journey`,
  write: (page, text) => purposeOf(page).fill(text),
  shown: (page) => purposeOf(page).inputValue(),
  stored: async (ask, id) => {
    const { draft } = (await ask('GET', `/journeys/${id}`)) as { draft: { definition: Json } }
    return draft.definition['description']
  },
  change: makeJourney,
}

const SAID = { preheader: 'Have a look', leave: 'Unsubscribe' }
const MJML = `<mjml>
<mj-body>
<mj-section><mj-column>
<mj-text>Hello</mj-text>
<mj-text><a href="{{ urls.unsubscribe }}">{{ 'leave' | t }}</a></mj-text>
</mj-column></mj-section>
</mj-body>
</mjml>`
const makeTemplate = (ask: AskApi, id: string, { mjml = MJML, subject = 'News' } = {}) =>
  ask('PUT', `/templates/${id}/draft`, { mjml, strings: { en: { subject, ...SAID } } })
const storedTemplate = async (ask: AskApi, id: string) => {
  const { source } = (await ask('GET', `/templates/${id}`)) as {
    source: { mjml: string; strings: { en: Json } }
  }
  return source
}
const subjectOf = (page: Page) => page.getByRole('textbox', { name: 'subject, English' })
const codeOf = (page: Page) => page.getByRole('textbox', { name: 'MJML of the template' })

const templateTexts: EditorRow = {
  name: 'the texts of a template',
  make: (ask, id) => makeTemplate(ask, id),
  path: (id) => `/templates/${id}?view=strings`,
  write: (page, text) => subjectOf(page).fill(text),
  shown: (page) => subjectOf(page).inputValue(),
  stored: async (ask, id) => (await storedTemplate(ask, id)).strings.en['subject'],
  change: (ask, id, subject) => makeTemplate(ask, id, { subject }),
}

/** The text of the first comment, which stands in the first line. */
const commentIn = (mjml: string) => /<!-- (.*) -->/.exec(mjml)?.[1] ?? ''
const templateCode: EditorRow = {
  name: 'the code of a template',
  make: (ask, id) => makeTemplate(ask, id, { mjml: `<!-- nothing -->\n${MJML}` }),
  path: (id) => `/templates/${id}?view=code`,
  async write(page, text) {
    await codeOf(page).click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Shift+End')
    // Written over what is selected, it would get the colours of that from the browser, which the policy refuses.
    await page.keyboard.press('Delete')
    await page.keyboard.insertText(`<!-- ${text} -->`)
  },
  shown: async (page) => commentIn((await codeOf(page).locator('.cm-line').first().textContent()) ?? ''),
  stored: async (ask, id) => commentIn((await storedTemplate(ask, id)).mjml),
  change: (ask, id, text) => makeTemplate(ask, id, { mjml: `<!-- ${text} -->\n${MJML}` }),
}

const titleOf = (page: Page) => page.getByRole('textbox', { name: 'Title', exact: true })
const makeBar = (ask: AskApi, id: string, title = 'Free delivery') =>
  ask('PUT', `/onsite/${id}`, { name: 'Delivery', kind: 'bar', live: false, texts: { en: { title } } })

const onsite: EditorRow = {
  name: 'an on-site message',
  make: (ask, id) => makeBar(ask, id),
  path: (id) => `/onsite/${id}`,
  write: (page, text) => titleOf(page).fill(text),
  shown: (page) => titleOf(page).inputValue(),
  stored: async (ask, id) => {
    const { message } = (await ask('GET', `/onsite/${id}`)) as { message: { texts: { en: Json } } }
    return message.texts.en['title']
  },
  change: makeBar,
}

const nameOf = (page: Page) => page.getByRole('textbox', { name: 'Name', exact: true })
const makeCampaign = (ask: AskApi, id: string, name = 'Spring sale') =>
  ask('PUT', `/campaigns/${id}`, {
    name,
    audience: { rule: { kind: 'event', name: 'Order Completed', atLeast: 1 } },
    template: 'win-back',
  })

const campaign: EditorRow = {
  name: 'a campaign',
  make: (ask, id) => makeCampaign(ask, id),
  path: (id) => `/campaigns/${id}`,
  write: (page, text) => nameOf(page).fill(text),
  shown: (page) => nameOf(page).inputValue(),
  stored: async (ask, id) => {
    const { definition } = (await ask('GET', `/campaigns/${id}`)) as { definition: Json }
    return definition['name']
  },
  change: makeCampaign,
}

/** Every editor of the studio. */
export const EDITOR_ROWS: readonly EditorRow[] = [journey, templateTexts, templateCode, onsite, campaign]
