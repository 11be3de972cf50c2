import type { OnsiteField, ShownMessage } from '@ciclo/engine'

export const KINDS = ['signUp', 'contest', 'popUp', 'bar', 'survey'] as const

const empty: Omit<ShownMessage, 'id' | 'kind' | 'position'> = {
  locale: 'en',
  texts: {
    title: '',
    text: '',
    button: '',
    close: 'Close',
    clause: '',
    consent: '',
    thanks: '',
    low: '',
    high: '',
  },
  fields: [],
  topic: null,
  link: null,
  code: null,
  endsAt: null,
  scale: null,
  colours: { accent: '#0f6b60', onAccent: '#ffffff', background: '#ffffff', text: '#1d2327' },
  radius: 10,
  rules: {
    pages: [],
    notPages: [],
    devices: [],
    visits: { from: 1, to: null },
    scroll: 0,
    seconds: 0,
    leaving: false,
  },
  frequency: { days: 7, most: 3 },
}

const email: OnsiteField = { name: 'email', type: 'email', label: 'Your e-mail', required: true, options: [] }

const clause =
  'The controller of your data is Green Leaf Ltd. We use it to send you our news, until you object. You can see, correct and delete it at any time: privacy@greenleaf.example.'

type Changes = Omit<Partial<ShownMessage>, 'texts' | 'rules'> & {
  texts?: Partial<ShownMessage['texts']>
  rules?: Partial<ShownMessage['rules']>
}

const base: Record<ShownMessage['kind'], Changes & Pick<ShownMessage, 'position'>> = {
  signUp: {
    position: 'centre',
    topic: 'news',
    texts: {
      title: '10% off your first order',
      text: 'New arrivals and quiet offers, twice a month.',
      button: 'Sign me up',
      clause,
      consent: 'I would like to receive news and offers by e-mail.',
      thanks: 'Thank you! Please confirm the mail that we have just sent you.',
    },
    fields: [email, { name: 'firstName', type: 'text', label: 'First name', required: false, options: [] }],
  },
  contest: {
    position: 'centre',
    texts: {
      title: 'Win a year of coffee',
      text: 'One of all who answer by Sunday wins.',
      button: 'Take part',
      clause,
      consent: 'I would like to receive news and offers by e-mail.',
      thanks: 'Good luck!',
    },
    fields: [
      email,
      { name: 'birthday', type: 'date', label: 'Your birthday', required: false, options: [] },
      {
        name: 'gender',
        type: 'choice',
        label: 'You are',
        required: true,
        options: [
          { value: 'f', label: 'Female' },
          { value: 'm', label: 'Male' },
          { value: 'x', label: 'Something else' },
        ],
      },
      {
        name: 'preferences',
        type: 'choices',
        label: 'You like',
        required: false,
        options: [
          { value: 'coffee', label: 'Coffee' },
          { value: 'tea', label: 'Tea' },
        ],
      },
    ],
  },
  popUp: {
    position: 'corner',
    texts: {
      title: 'Still looking?',
      text: 'Take 10% off everything in your basket today.',
      button: 'To the basket',
    },
    link: 'https://shop.example/cart',
    code: 'SAVE10',
  },
  bar: {
    position: 'top',
    texts: { title: 'Free delivery', text: 'on everything, until the clock runs out', button: 'See offers' },
    link: 'https://shop.example/offers',
    code: 'FREE24',
    endsAt: '2031-05-01T12:00:00Z',
  },
  survey: {
    position: 'corner',
    texts: {
      title: 'How likely are you to recommend us to a friend?',
      button: 'Send',
      thanks: 'Thank you for telling us.',
      low: 'Not at all',
      high: 'Very likely',
    },
    scale: { from: 0, to: 10 },
  },
}

/** A message of a kind with all that its kind has; what is given differs. Its id is its kind. */
export const shownMessage = (kind: ShownMessage['kind'], changes: Changes = {}): ShownMessage => {
  const usual = base[kind]
  return {
    ...empty,
    id: kind,
    kind,
    ...usual,
    ...changes,
    texts: { ...empty.texts, ...usual.texts, ...changes.texts },
    rules: { ...empty.rules, ...changes.rules },
  }
}
