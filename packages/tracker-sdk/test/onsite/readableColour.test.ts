import { expect, test } from 'vitest'
import { readableColour } from '../../src/onsite/readableColour.ts'

const cases: [string, wished: string, ground: string, expected: string][] = [
  ['what can be read stays', '#ffffff', '#0f6b60', '#ffffff'],
  ['exactly 4.5 to 1 or a little more stays', '#767676', '#ffffff', '#767676'],
  ['a little less turns black on white', '#777777', '#ffffff', '#000000'],
  ['white on yellow turns black', '#ffffff', '#ffe600', '#000000'],
  ['grey on dark blue turns white', '#555555', '#101840', '#ffffff'],
  ['the same colour twice turns white on a dark one', '#222222', '#222222', '#ffffff'],
  ['what is no colour is never used', 'url(//evil.example)', '#ffffff', '#000000'],
]

test.each(cases)('%s', (_, wished, ground, expected) => {
  expect(readableColour(wished, ground)).toBe(expected)
})
