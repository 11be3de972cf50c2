import { z } from 'zod'
import { defineKind } from './defineKind.ts'
import { attribute, choice, onlyIf, show, text, url } from './fields.ts'

const alternative = (key: string): string => (key === '' ? '' : show(key))

export const hero = defineKind({
  place: 'page',
  schema: z.object({
    heading: text('heading'),
    picture: choice(['shop', 'own', 'none']),
    src: url({ isPicture: true }),
    alt: text('alt', { isOptional: true }),
  }),
  start: { picture: 'shop', src: '', alt: '' },
  write: ({ heading, picture, src, alt }) => {
    const own = `<mj-image src="${attribute(src)}" alt="${alternative(alt)}" />`
    const pictures = {
      none: '',
      own: `${own}\n`,
      shop: `${onlyIf('brand.heroImageUrl != blank', '<mj-image src="{{ brand.heroImageUrl }}" alt="" />')}\n`,
    }
    return `<mj-section css-class="hero" background-color="{{ brand.accent }}" border-radius="{{ brand.radius }}px {{ brand.radius }}px 0 0">
<mj-column>
${pictures[picture]}<mj-text mj-class="hero-title" css-class="inset hero-title"><h1>${show(heading)}</h1></mj-text>
</mj-column>
</mj-section>`
  },
})

export const image = defineKind({
  place: 'column',
  schema: z.object({
    src: url({ isPicture: true }),
    alt: text('alt', { isOptional: true }),
    width: choice(['full', 'text']),
    link: choice(['none', 'shop', 'own']),
    url: url(),
  }),
  start: { src: '{{ shop.url }}/picture.png', width: 'text', link: 'none', url: '' },
  write: ({ src, alt, width, link, url: own }) => {
    const address = link === 'own' ? attribute(own) : '{{ shop.url }}'
    const href = link === 'none' ? '' : ` href="${address}"`
    const look =
      width === 'full'
        ? 'padding="0 0 24px"'
        : 'css-class="inset" padding="6px 48px 24px" border-radius="{{ brand.radius }}px"'
    return `<mj-image src="${attribute(src)}" alt="${alternative(alt)}"${href} ${look} />`
  },
})

export const imageText = defineKind({
  place: 'page',
  schema: z.object({
    src: url({ isPicture: true }),
    alt: text('alt', { isOptional: true }),
    side: choice(['start', 'end']),
    heading: text('pointTitle'),
    text: text('text', { isLong: true }),
    button: text('button', { isOptional: true }),
    link: choice(['shop', 'own']),
    url: url(),
  }),
  start: { src: '{{ shop.url }}/picture.png', side: 'start', link: 'shop', url: '' },
  write: ({ src, alt, side, heading, text: key, button, link, url: own }) => {
    const picture = `<mj-column width="50%" vertical-align="middle">
<mj-image src="${attribute(src)}" alt="${alternative(alt)}" padding="0 16px 16px" border-radius="{{ brand.radius }}px" />
</mj-column>`
    const address = link === 'own' ? attribute(own) : '{{ shop.url }}'
    const action =
      button === ''
        ? ''
        : `\n<mj-button css-class="action" href="${address}" padding="0 16px 16px">${show(button)}</mj-button>`
    const words = `<mj-column width="50%" vertical-align="middle">
<mj-text css-class="ink" padding="0 16px 6px" font-size="19px" font-weight="600" line-height="1.3" color="#1b1f1e"><h2>${show(heading)}</h2></mj-text>
<mj-text css-class="body" padding="0 16px 16px">${show(key)}</mj-text>${action}
</mj-column>`
    return `<mj-section padding="12px 32px 16px">
${side === 'start' ? `${picture}\n${words}` : `${words}\n${picture}`}
</mj-section>`
  },
})

const PLACES = [1, 2, 3] as const

export const columns = defineKind({
  place: 'page',
  schema: z.object({
    count: choice(['2', '3']),
    title1: text('pointTitle'),
    text1: text('text', { isLong: true }),
    title2: text('pointTitle'),
    text2: text('text', { isLong: true }),
    title3: text('pointTitle'),
    text3: text('text', { isLong: true }),
  }),
  start: { count: '2' },
  write: (values) => {
    const shown = PLACES.slice(0, Number(values.count)).map(
      (place) => `<mj-column>
<mj-text css-class="ink" padding="0 16px 4px" font-weight="600" color="#1b1f1e"><h2>${show(values[`title${place}`])}</h2></mj-text>
<mj-text css-class="body" padding="0 16px 18px">${show(values[`text${place}`])}</mj-text>
</mj-column>`,
    )
    return `<mj-section padding="12px 32px 16px">
${shown.join('\n')}
</mj-section>`
  },
})
