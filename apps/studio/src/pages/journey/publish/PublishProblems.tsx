import { Alert, Anchor, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from '../journeyActions.ts'
import { problemPlace } from '../model/problemPlace.ts'
import { ProblemText } from '../ProblemText.tsx'
import type { PublishPreview } from './publishQueries.ts'

/** What is wrong with the journey: each leads to the step where it is. */
export function PublishProblems({
  problems,
  onClose,
}: {
  problems: PublishPreview['problems']
  onClose: () => void
}) {
  const { t } = useTranslation('journey')
  const { open } = useJourneyActions()
  return (['error', 'warning'] as const).map((severity) => {
    const own = problems.filter((problem) => problem.severity === severity)
    if (own.length === 0) return null
    return (
      <Alert
        key={severity}
        color={severity === 'error' ? 'red' : 'orange'}
        title={t(`publish.problems.${severity}`, { count: own.length })}
      >
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {own.map((problem) => (
            <li key={`${problem.path.join('.')} ${problem.message}`}>
              <ProblemText problem={problem} />
              <Anchor
                component="button"
                type="button"
                size="sm"
                display="block"
                onClick={() => {
                  onClose()
                  open(problemPlace(problem))
                }}
              >
                {problem.step === null
                  ? t('publish.problems.go')
                  : t('publish.problems.goTo', { step: problem.step })}
              </Anchor>
            </li>
          ))}
        </Stack>
      </Alert>
    )
  })
}
