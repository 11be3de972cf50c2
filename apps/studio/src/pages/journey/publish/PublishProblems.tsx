import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useJourneyEditing } from '../journeyEditing.ts'
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
  const { select } = useJourneyEditing()
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
          {own.map(({ step, path, message }) => (
            <li key={`${path.join('.')} ${message}`}>
              <Text size="sm" className="any-text">
                {message}
              </Text>
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => {
                  select(step ?? (path[0] === 'trigger' ? 'trigger' : 'journey'))
                  onClose()
                }}
              >
                {step === null ? t('publish.problems.go') : t('publish.problems.goTo', { step })}
              </Anchor>
            </li>
          ))}
        </Stack>
      </Alert>
    )
  })
}
