import { Group, Stack, Text, ThemeIcon, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from './ProblemList.module.css'
import type { TemplateProblem } from './useTemplateProblems.ts'

const rank = ({ severity }: TemplateProblem) => (severity === 'error' ? 0 : 1)

/** What is wrong with a template, errors first; each leads to its line or its text. */
export function ProblemList({
  problems,
  onJump,
}: {
  problems: readonly TemplateProblem[]
  onJump?: ((problem: TemplateProblem) => void) | undefined
}) {
  const { t } = useTranslation('template')
  if (problems.length === 0)
    return (
      <Group gap="xs" wrap="nowrap">
        <ThemeIcon size="sm" radius="xl" variant="light">
          <IconCheck size={14} stroke={2} aria-hidden />
        </ThemeIcon>
        <Text size="sm">{t('checks.none')}</Text>
      </Group>
    )
  const sorted = problems.toSorted((one, other) => rank(one) - rank(other))
  return (
    <Stack gap={2} component="ul" className={classes.list ?? ''}>
      {sorted.map((problem, index) => {
        const { severity, locale, place, message } = problem
        const isError = severity === 'error'
        const Icon = isError ? IconX : IconAlertTriangle
        const where = [
          place.line === undefined ? undefined : t('checks.line', { line: place.line }),
          place.key === undefined ? undefined : t('checks.text', { key: place.key }),
          locale ?? undefined,
        ].filter((part) => part !== undefined)
        const line = (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <ThemeIcon size="sm" radius="xl" variant="light" color={isError ? 'red' : 'orange'}>
              <Icon size={14} stroke={2} role="img" aria-label={t(`checks.${severity}`)} />
            </ThemeIcon>
            <div>
              <Text size="sm" className="any-text">
                {message}
              </Text>
              {where.length === 0 ? null : (
                <Text size="xs" c="dimmed" className="any-text">
                  {where.join(' · ')}
                </Text>
              )}
            </div>
          </Group>
        )
        const leads = onJump && (place.line !== undefined || place.key !== undefined)
        return (
          // The same message may come twice at the same place.
          <li key={`${message} ${where.join(' ')} ${index}`}>
            {leads ? (
              <UnstyledButton className={classes.jump ?? ''} onClick={() => onJump(problem)}>
                {line}
              </UnstyledButton>
            ) : (
              <div className={classes.line}>{line}</div>
            )}
          </li>
        )
      })}
    </Stack>
  )
}
