import type { Journey, JourneyStep } from '@ciclo/engine'

const wordsOf = (step: JourneyStep, kindName: string): string =>
  [step.id, step.kind, kindName, ...Object.values(step).filter((value) => typeof value === 'string')]
    .join(' ')
    .toLowerCase()

/** The steps whose id, kind, template or other words have all that was typed in them, in the order of writing. */
export function findSteps(
  { steps }: Pick<Journey, 'steps'>,
  typed: string,
  /** What a kind is called to the reader. */
  nameOf: (kind: JourneyStep['kind']) => string,
): JourneyStep[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return steps.filter((step) => {
    const words = wordsOf(step, nameOf(step.kind))
    return wanted.every((word) => words.includes(word))
  })
}
