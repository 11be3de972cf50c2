import { Box, Group, Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconLoader2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useJourneyActions } from './journeyActions.ts'
import { useJourneyEditing } from './journeyEditing.ts'
import { problemPlace } from './model/problemPlace.ts'
import classes from './ProblemList.module.css'
import { ProblemText } from './ProblemText.tsx'

/** What is wrong with the journey as the server sees it; each leads to where it is. */
export function ProblemList() {
  const { t } = useTranslation('journey')
  const { problems } = useJourneyEditing()
  const { open } = useJourneyActions()
  const [isOpen, setOpen] = useState(false)
  if (!problems)
    return (
      <Group gap={6} c="dimmed" className={classes['bar'] ?? ''}>
        <IconLoader2 size={16} stroke={1.7} aria-hidden />
        <Text size="sm">{t('problems.checking')}</Text>
      </Group>
    )
  if (problems.length === 0)
    return (
      <Group gap={6} c="dimmed" className={classes['bar'] ?? ''}>
        <IconCircleCheck size={16} stroke={1.7} aria-hidden />
        <Text size="sm">{t('problems.none')}</Text>
      </Group>
    )
  const hasError = problems.some(({ severity }) => severity === 'error')
  return (
    <Box className={classes['bar'] ?? ''}>
      <UnstyledButton aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <Group gap={6} {...(hasError ? { c: 'var(--mantine-color-error)' } : {})}>
          <IconAlertTriangle size={16} stroke={1.7} aria-hidden />
          <Text size="sm" fw={600}>
            {t('problems.title', { count: problems.length })}
          </Text>
        </Group>
      </UnstyledButton>
      {isOpen ? (
        <ul className={classes['list']}>
          {problems.map((problem) => (
            <li key={`${problem.code} ${problem.path.join('.')} ${problem.message}`}>
              <UnstyledButton
                onClick={() => open(problemPlace(problem))}
                className={classes['problem'] ?? ''}
              >
                {problem.severity === 'error' ? (
                  <IconCircleX
                    size={16}
                    aria-label={t('problems.error')}
                    color="var(--mantine-color-error)"
                  />
                ) : (
                  <IconAlertTriangle size={16} aria-label={t('problems.warning')} />
                )}
                <ProblemText problem={problem} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      ) : null}
    </Box>
  )
}
