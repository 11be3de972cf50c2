import type { OnsiteDefinition } from './onsiteDefinition.ts'

/** What does not fit together in a message, and where. */
export interface OnsiteProblem {
  path: readonly (string | number)[]
  message: string
}

export type OnsiteKind = OnsiteDefinition['kind']
export type FindProblems = (message: OnsiteDefinition) => readonly OnsiteProblem[]

export const KIND_NAMES: Readonly<Record<OnsiteKind, string>> = {
  signUp: 'a sign-up form',
  contest: 'a contest',
  popUp: 'a pop-up',
  bar: 'a bar',
  survey: 'a survey',
}

/** Kinds that ask for an address. */
export const FORMS: ReadonlySet<OnsiteKind> = new Set(['signUp', 'contest'])
/** Kinds that ask nothing. */
export const NOTICES: ReadonlySet<OnsiteKind> = new Set(['popUp', 'bar'])

/** The languages that a message has texts in. */
export const localesOf = ({ texts }: OnsiteDefinition) => Object.keys(texts)
