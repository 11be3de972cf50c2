import { z } from 'zod'
import { choice, flag, number, onlyIf, show, text, url, word, attribute } from './fields.ts'
import { defineKind } from './defineKind.ts'

const BODY = 'css-class="inset body"'
const NOTE = 'mj-class="note" css-class="inset muted"'

const TITLES = {
  large: (words: string) =>
    `<mj-text mj-class="title" css-class="inset title ink"><h1>${words}</h1></mj-text>`,
  medium: (words: string) =>
    `<mj-text css-class="inset ink" font-size="17px" font-weight="600" padding="18px 48px 8px" color="#1b1f1e"><h2>${words}</h2></mj-text>`,
  small: (words: string) =>
    `<mj-text mj-class="subtitle" css-class="inset accent"><h2>${words}</h2></mj-text>`,
}

/** The line below a heading. */
const RULE =
  '<mj-divider css-class="inset rule" align="left" width="44px" border-width="3px" border-style="solid" border-color="{{ brand.accent }}" padding="0 48px 24px" />'

export const heading = defineKind({
  place: 'column',
  schema: z.object({
    text: text('heading'),
    size: choice(['large', 'medium', 'small']),
    hasLine: flag(),
  }),
  start: { size: 'large', hasLine: true },
  write: ({ text: key, size, hasLine }) => `${TITLES[size](show(key))}${hasLine ? `\n${RULE}` : ''}`,
})

export const paragraph = defineKind({
  place: 'column',
  schema: z.object({
    text: text('text', { isLong: true }),
    look: choice(['normal', 'small']),
    align: choice(['start', 'center']),
  }),
  start: { look: 'normal', align: 'start' },
  write: ({ text: key, look, align }) =>
    `<mj-text ${look === 'normal' ? BODY : NOTE}${align === 'center' ? ' align="center"' : ''}>${show(key)}</mj-text>`,
})

export const point = defineKind({
  place: 'column',
  schema: z.object({
    title: text('pointTitle'),
    text: text('text', { isLong: true }),
    spacing: choice(['own', 'list', 'listEnd']),
  }),
  start: { spacing: 'own' },
  write: ({ title, text: key, spacing }) => {
    const looks = {
      own: BODY,
      list: 'mj-class="item" css-class="body"',
      listEnd: 'mj-class="last-item" css-class="body"',
    }
    return `<mj-text ${looks[spacing]}><strong>${show(title)}</strong><br>${show(key)}</mj-text>`
  },
})

/** Where a button leads, and what has to be there for it. */
const LINKS = {
  shop: ['{{ shop.url }}'],
  product: ['{{ products[0].url }}', 'products[0].url != blank'],
  order: ['{{ event.order_url }}', 'event.order_url != blank'],
  payment: ['{{ event.payment_url }}', 'event.payment_url != blank'],
  parcel: ['{{ event.tracking_url }}', 'event.tracking_url != blank'],
  preferences: ['{{ urls.preferences }}', 'urls.preferences != blank'],
  confirm: ['{{ urls.confirm }}'],
} as const

export const button = defineKind({
  place: 'column',
  schema: z.object({
    text: text('button'),
    link: choice(['shop', 'product', 'order', 'payment', 'parcel', 'preferences', 'confirm', 'own']),
    url: url(),
    align: choice(['start', 'center']),
  }),
  start: { link: 'shop', url: '', align: 'start' },
  write: ({ text: key, link, url: own, align }) => {
    const [address, condition] = link === 'own' ? [attribute(own)] : LINKS[link]
    const mjml = `<mj-button css-class="inset action" href="${address}"${align === 'center' ? ' align="center"' : ''}>${show(key)}</mj-button>`
    return condition === undefined ? mjml : onlyIf(condition, mjml)
  },
})

export const linkNote = defineKind({
  place: 'column',
  schema: z.object({
    text: text('preferencesQuestion', { isLong: true }),
    linkText: text('preferencesLink'),
    link: choice(['preferences', 'shop', 'own']),
    url: url(),
  }),
  start: { link: 'preferences', url: '' },
  write: ({ text: key, linkText, link, url: own }) => {
    const address =
      link === 'own' ? attribute(own) : link === 'shop' ? '{{ shop.url }}' : '{{ urls.preferences }}'
    const mjml = `<mj-text ${NOTE}>
  ${show(key)} <a href="${address}" style="color:#5d6461">${show(linkText)}</a>
</mj-text>`
    return link === 'preferences' ? onlyIf('urls.preferences != blank', mjml) : mjml
  },
})

export const signature = defineKind({
  place: 'column',
  schema: z.object({ text: text('signature', { isShared: true }) }),
  start: {},
  write: ({ text: key }) => `<mj-text mj-class="signature" css-class="inset body">${show(key)}</mj-text>`,
})

export const footerNote = defineKind({
  place: 'column',
  schema: z.object({ text: text('footerNote', { isLong: true }) }),
  start: {},
  write: ({ text: key }) => `<mj-text mj-class="fine" css-class="muted">${show(key)}</mj-text>`,
})

export const divider = defineKind({
  place: 'column',
  schema: z.object({ width: choice(['full', 'short']) }),
  start: { width: 'full' },
  write: ({ width }) =>
    width === 'full'
      ? '<mj-divider css-class="inset line" border-width="1px" border-style="solid" border-color="#dfdcd2" padding="12px 48px 28px" />'
      : '<mj-divider css-class="inset rule" align="left" width="44px" border-width="3px" border-style="solid" border-color="{{ brand.accent }}" padding="6px 48px 24px" />',
})

export const spacer = defineKind({
  place: 'column',
  schema: z.object({ height: number(4, 200, 'px') }),
  start: { height: 32 },
  write: ({ height }) => `<mj-spacer height="${height}px" />`,
})

const ANSWERS = [1, 2, 3, 4, 5] as const

export const survey = defineKind({
  place: 'column',
  schema: z.object({
    count: choice(['2', '3', '4', '5']),
    text1: text('answerYes'),
    answer1: word(),
    text2: text('answerNo'),
    answer2: word(),
    text3: text('answerUnsure'),
    answer3: word(),
    text4: text('answerOther'),
    answer4: word(),
    text5: text('answerNone'),
    answer5: word(),
  }),
  start: { count: '2', answer1: 'yes', answer2: 'no', answer3: 'unsure', answer4: 'other', answer5: 'none' },
  write: (values) => {
    const shown = ANSWERS.slice(0, Number(values.count))
    const buttons = shown.map(
      (place) =>
        `<mj-button mj-class="answer${place === shown.length ? ' last-answer' : ''}" css-class="inset answer" href="{{ urls.survey }}?answer=${values[`answer${place}`]}">${show(values[`text${place}`])}</mj-button>`,
    )
    return onlyIf('urls.survey != blank', buttons.join('\n'))
  },
})
