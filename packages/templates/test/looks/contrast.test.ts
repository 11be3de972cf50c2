import { expect, test } from 'vitest'
import { DEFAULT_BRAND } from '../../src/index.ts'
import { checkContrast } from '../../src/check/checkContrast.ts'

const problemsOf = (colours: Partial<typeof DEFAULT_BRAND.colours>) =>
  checkContrast({ colours: { ...DEFAULT_BRAND.colours, ...colours } }).map(({ message }) => message)

test.each([
  [{}, []],
  [
    { accent: '#ffd84d', onAccent: '#000000' },
    [
      'brand: accent #ffd84d on the white of the card has a contrast of 1.4; expected at least 4.5',
      'brand: accent #ffd84d on the background #f4f3ef has a contrast of 1.2; expected at least 4.5',
    ],
  ],
  [
    { onAccent: '#777777' },
    ['brand: onAccent #777777 on the accent #0f6b60 has a contrast of 1.4; expected at least 4.5'],
  ],
  [
    { background: '#222222', accent: '#0f6b60' },
    [
      'brand: accent #0f6b60 on the background #222222 has a contrast of 2.5; expected at least 4.5',
      'brand: the grey of the footer on the background #222222 has a contrast of 2.6; expected at least 4.5',
    ],
  ],
  [
    { darkAccent: '#0f6b60', onDarkAccent: '#ffffff' },
    ['brand: darkAccent #0f6b60 on dark cards has a contrast of 2.0; expected at least 4.5'],
  ],
  [
    { onDarkAccent: '#ffffff' },
    ['brand: onDarkAccent #ffffff on the darkAccent #6fd0c2 has a contrast of 1.8; expected at least 4.5'],
  ],
])('of %o are told: %o', (colours, problems) => {
  expect(problemsOf(colours)).toEqual(problems)
})
