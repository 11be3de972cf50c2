import { Anchor, Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/apiProblem.ts'
import { Failure } from '../../shell/Failure.tsx'
import { DoorCard } from './DoorCard.tsx'

/** What a link opens, once the server has said that it does; else why it does not, and what to do. */
export function LinkGate<Answer>({
  answer: { data, error, refetch },
  unfit,
  children,
}: {
  answer: UseQueryResult<Answer>
  /** What to do where the link does not work. */
  unfit: string
  children: (answer: Answer) => ReactNode
}) {
  const { t } = useTranslation(['access', 'shell'])
  if (data !== undefined) return children(data)
  if (error instanceof ApiProblem && error.status === 404)
    return (
      <DoorCard title={t('unfit.title')} text={unfit}>
        <Anchor component={Link} to="/sign-in" size="sm">
          {t('unfit.signIn')}
        </Anchor>
      </DoorCard>
    )
  return (
    <DoorCard title={t(error ? 'unfit.unknown' : 'unfit.checking')}>
      {error ? (
        <Failure error={error} reset={() => void refetch()} />
      ) : (
        <Stack gap="sm" aria-busy="true" aria-label={t('loading', { ns: 'shell' })} role="status">
          <Skeleton height={36} />
          <Skeleton height={36} />
        </Stack>
      )}
    </DoorCard>
  )
}
