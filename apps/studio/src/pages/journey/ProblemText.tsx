import { Text } from '@mantine/core'
import { useJourneyEditing, type JourneyProblem } from './journeyEditing.ts'
import { useProblemWords } from './words/useProblemWords.ts'

/** What is wrong, and at which step. */
export function ProblemText({ problem }: { problem: JourneyProblem }) {
  const { definition } = useJourneyEditing()
  const { text, more } = useProblemWords()(problem, definition)
  return (
    <span className="any-text">
      <Text span size="sm">
        {problem.step === null || more !== undefined ? text : `${problem.step}: ${text}`}
      </Text>
      {more === undefined ? null : (
        <Text span display="block" size="xs" c="dimmed" lang="en">
          {more}
        </Text>
      )}
    </span>
  )
}
