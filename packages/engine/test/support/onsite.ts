import { OnsiteMessageSchema, type OnsiteMessage } from '../../src/index.ts'

type Json = Record<string, unknown>

const SIGN_UP = {
  id: 'welcome',
  name: 'Ten per cent for a first order',
  kind: 'signUp',
  live: true,
  texts: {
    en: { title: 'Stay in touch', button: 'Sign up', consent: 'Write to me', clause: 'Shop Ltd keeps it' },
    es: { title: 'Sigue al día', button: 'Apúntate', consent: 'Escríbeme', clause: 'Shop S. L. lo guarda' },
  },
  fields: [{ name: 'email', type: 'email', required: true, label: { en: 'E-mail', es: 'Correo' } }],
}

const CONTEST = { ...SIGN_UP, id: 'coffee-for-a-year', kind: 'contest' }
const POP_UP = {
  id: 'hello',
  name: 'Hello',
  kind: 'popUp',
  live: true,
  texts: { en: { title: 'Hello', button: 'See' } },
}
const BAR = { ...POP_UP, id: 'last-minute', kind: 'bar' }
const SURVEY = {
  id: 'nps',
  name: 'NPS',
  kind: 'survey',
  live: true,
  texts: { en: { title: 'Would you recommend us?' } },
  scale: { from: 0, to: 10 },
}

/** One of each kind, with which nothing is wrong, as marketers write them. */
export const ONSITE = { signUp: SIGN_UP, contest: CONTEST, popUp: POP_UP, bar: BAR, survey: SURVEY }

export const onsiteMessage = (given: Json): OnsiteMessage => OnsiteMessageSchema.parse(given)
