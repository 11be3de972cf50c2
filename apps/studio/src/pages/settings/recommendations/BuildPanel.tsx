import { Alert, Button, Loader, Skeleton, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api/api.ts'
import { messageOf } from '../../../api/apiProblem.ts'
import { ask } from '../../../api/ask.ts'
import { useFormats } from '../../../formats/useFormats.ts'
import { Panel } from '../../../parts/Panel.tsx'
import { buildQuery, RECOMMENDED } from '../../../parts/recommendations/recommendationQueries.ts'
import { Failure } from '../../../shell/Failure.tsx'
import { useMayChange } from '../useMayChange.ts'

/** When the recommendations were made, of what, and making them anew now. */
export function BuildPanel() {
  const { t } = useTranslation('recommendations')
  const { number, dateTime } = useFormats()
  const mayChange = useMayChange('settings')
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(buildQuery)
  const build = useMutation({
    mutationFn: () => ask(api.recommendations.build.$post()),
    onSettled: () => client.invalidateQueries({ queryKey: buildQuery.queryKey }),
  })
  const isUnderWay = data?.isUnderWay ?? false
  const last = data?.madeAt
  useEffect(() => {
    // Of a small shop they are made before anybody sees that they are under way.
    if (!isUnderWay) void client.invalidateQueries({ queryKey: RECOMMENDED })
  }, [client, isUnderWay, last])
  if (error) return <Failure error={error} reset={() => void refetch()} />
  if (!data) return <Skeleton height={120} aria-busy="true" />
  const { madeAt, made } = data
  return (
    <Panel
      title={t('build.title')}
      text={t('build.text')}
      actions={
        mayChange ? (
          <Button
            size="xs"
            variant="default"
            loading={isUnderWay || build.isPending}
            onClick={() => build.mutate()}
          >
            {t('build.again')}
          </Button>
        ) : null
      }
    >
      <div role="status">
        {isUnderWay ? (
          <Text size="sm" component="div">
            <Loader size={14} mr={8} role="presentation" />
            {t('build.underWay')}
          </Text>
        ) : (
          <Text size="sm">
            {madeAt === null ? t('build.never') : t('build.at', { at: dateTime(madeAt) })}{' '}
            {made === null
              ? null
              : made.lists === 0
                ? t('build.tooFew')
                : t('build.of', { count: made.lines, lines: number(made.lines) })}
          </Text>
        )}
      </div>
      {data.error && !isUnderWay ? (
        <Alert color="red" variant="light" role="alert" p="xs" title={t('build.failed')}>
          {data.error}
        </Alert>
      ) : null}
      {build.error ? (
        <Alert color="red" variant="light" role="alert" p="xs">
          {messageOf(build.error)}
        </Alert>
      ) : null}
    </Panel>
  )
}
