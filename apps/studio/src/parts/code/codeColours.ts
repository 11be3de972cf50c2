import { HighlightStyle } from '@codemirror/language'
import { tags } from '@lezer/highlight'

const of = (light: string, dark: string) => `light-dark(${light}, ${dark})`

/** Every colour can be read by everybody on the ground of its scheme: 4.5 to 1 and more (WCAG 1.4.3). */
export const codeColours = HighlightStyle.define([
  { tag: [tags.tagName, tags.keyword, tags.propertyName], color: of('#0b574e', '#6fd0c2') },
  { tag: tags.attributeName, color: of('#7a4a00', '#e0b46c') },
  { tag: [tags.string, tags.attributeValue, tags.special(tags.string)], color: of('#8f2d2d', '#f0a3a3') },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: of('#5b3c99', '#c3aef5') },
  { tag: [tags.character, tags.escape], color: of('#5d6461', '#a3aba8') },
  { tag: [tags.comment, tags.meta], color: of('#5d6461', '#a3aba8'), fontStyle: 'italic' },
  {
    tag: [tags.angleBracket, tags.separator, tags.punctuation, tags.operator],
    color: of('#4a5350', '#b4bcb9'),
  },
  { tag: tags.invalid, color: of('#b3261e', '#ff8a80') },
])
