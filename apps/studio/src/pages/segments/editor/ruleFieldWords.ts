/** What the buttons of a rule in a form are called, and what is told while it is not complete. */
export interface RuleFieldWords {
  open: string
  done: string
  incomplete: string
}
