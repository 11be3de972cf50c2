import { splice } from './placeMjml.ts'
import type { Block } from './readBlocks.ts'
import type { MjmlNode, SourceRange } from './readMjmlNodes.ts'
import { keysIn } from './stringKeys.ts'

/** An attribute that a form asks for. */
export type AttributeForm = 'url' | 'picture' | 'alternative' | 'colour' | 'space' | 'align'

/** An element of a section that no kind of the catalogue is, and what of it can be changed. */
export interface EditableElement extends SourceRange {
  tag: string
  attributes: { name: string; form: AttributeForm; value: string }[]
  /** The strings that it shows. */
  keys: string[]
}

const FORMS: Readonly<Record<string, Readonly<Record<string, AttributeForm>>>> = {
  'mj-text': { align: 'align', color: 'colour', padding: 'space' },
  'mj-button': {
    href: 'url',
    align: 'align',
    'background-color': 'colour',
    color: 'colour',
    padding: 'space',
  },
  'mj-image': { src: 'picture', alt: 'alternative', href: 'url', align: 'align', padding: 'space' },
  'mj-divider': { 'border-color': 'colour', padding: 'space' },
  'mj-section': { 'background-color': 'colour', padding: 'space' },
  'mj-table': { padding: 'space' },
}

const ATTRIBUTE = /([\w-]+)\s*=\s*("[^"]*"|'[^']*')/g

/** What each form takes, besides nothing: the attribute is left out then. */
const EXPECTED: Readonly<Record<AttributeForm, RegExp>> = {
  url: /^(?:(?:https?:\/\/|mailto:|tel:)[^\s"'<>{}]+|\{\{ ?[a-zA-Z_][\w.]* ?\}\}[^\s"'<>{}]*)$/,
  picture: /^(?:https?:\/\/[^\s"'<>{}]+|\{\{ ?[a-zA-Z_][\w.]* ?\}\}[^\s"'<>{}]*)$/,
  alternative: /^(?:[^"<>{}]|\{\{ ?'[^'"<>{}]+' ?\| ?t ?\}\}|\{\{ ?[a-zA-Z_][\w.]* ?\}\}){0,1000}$/,
  colour: /^(?:#[\da-fA-F]{3}(?:[\da-fA-F]{3})?|[a-z]{3,20}|\{\{ brand\.\w+ \}\})$/,
  space: /^\d{1,3}(?:px)?(?: \d{1,3}(?:px)?){0,3}$/,
  align: /^(?:left|center|right)$/,
}

/** Whether an attribute can have that value. */
export const fitsForm = (form: AttributeForm, value: string): boolean =>
  value === '' || EXPECTED[form].test(value)

/** The elements of a section that a form can ask for, in their order. */
export function elementsOf(mjml: string, { nodes }: Block): EditableElement[] {
  const walk = (node: MjmlNode): EditableElement[] => [
    ...(Object.hasOwn(FORMS, node.tag) ? [elementOf(mjml, node)] : []),
    ...node.children.flatMap(walk),
  ]
  return nodes.flatMap(walk)
}

function elementOf(mjml: string, node: MjmlNode): EditableElement {
  const there = attributesOf(mjml, node.open)
  const forms = Object.entries(FORMS[node.tag] ?? {})
  return {
    tag: node.tag,
    from: node.open.from,
    to: node.open.to,
    attributes: forms.map(([name, form]) => ({ name, form, value: there.get(name)?.value ?? '' })),
    keys: node.children.length > 0 ? [] : keysIn(mjml.slice(node.from, node.to)),
  }
}

/** Writes one attribute of an element, and nothing else. What it cannot be is left alone. */
export function editAttribute(mjml: string, element: EditableElement, name: string, value: string): string {
  const form = FORMS[element.tag]?.[name]
  if (form === undefined || !fitsForm(form, value)) return mjml
  const there = attributesOf(mjml, element).get(name)
  const written = `${name}="${form === 'url' || form === 'picture' ? value.replaceAll('&', '&amp;') : value}"`
  // A picture without a text is for the eyes alone: that has to be said.
  const isLeftOut = value === '' && form !== 'alternative'
  if (there === undefined) {
    const at = element.from + 1 + element.tag.length
    return isLeftOut ? mjml : splice(mjml, { from: at, to: at }, ` ${written}`)
  }
  return isLeftOut ? splice(mjml, { from: there.from - 1, to: there.to }, '') : splice(mjml, there, written)
}

function attributesOf(mjml: string, { from, to }: SourceRange): Map<string, SourceRange & { value: string }> {
  const found = new Map<string, SourceRange & { value: string }>()
  for (const match of mjml.slice(from, to).matchAll(ATTRIBUTE)) {
    const [whole, name = '', quoted = ''] = match
    const at = from + match.index
    const value = quoted.slice(1, -1).replaceAll('&amp;', '&')
    found.set(name, { from: at, to: at + whole.length, value })
  }
  return found
}
