import { Button, Chip, Group, Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Empty } from '../../../parts/Empty.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import {
  TIMELINE_KINDS,
  timelineHeadQuery,
  timelineOlderQuery,
  type CustomerDetail,
  type TimelineKind,
} from '../customerQueries.ts'
import { entryKey, joinTimeline } from './joinTimeline.ts'
import { TimelineItem } from './TimelineItem.tsx'
import classes from './Timeline.module.css'
import { useSeenTimeline } from './useSeenTimeline.ts'

/** Everything that happened to a customer in one list, newest first, as it happens. */
export function TimelineTab({ customer: { id } }: { customer: CustomerDetail }) {
  const [kinds, setKinds] = useState<readonly TimelineKind[]>([])
  const { t } = useTranslation('customer')
  const wanted = kinds.length === 0 ? TIMELINE_KINDS.join(',') : kinds.join(',')
  return (
    <Stack gap="sm">
      <Group gap={6} role="group" aria-label={t('timeline.filter')}>
        <Chip size="xs" variant="light" checked={kinds.length === 0} onChange={() => setKinds([])}>
          {t('timeline.kinds.all')}
        </Chip>
        {TIMELINE_KINDS.map((kind) => (
          <Chip
            key={kind}
            size="xs"
            variant="light"
            checked={kinds.includes(kind)}
            onChange={(isWanted) =>
              setKinds(TIMELINE_KINDS.filter((one) => (one === kind ? isWanted : kinds.includes(one))))
            }
          >
            {t(`timeline.kinds.${kind}`)}
          </Chip>
        ))}
      </Group>
      <TimelineList key={wanted} id={id} kinds={wanted} />
    </Stack>
  )
}

function TimelineList({ id, kinds }: { id: string; kinds: string }) {
  const { t, i18n } = useTranslation('customer')
  const head = useQuery(timelineHeadQuery(id, kinds, i18n.language))
  const seen = useSeenTimeline(head.data)
  const [isPastWanted, setPastWanted] = useState(false)
  const past = seen?.past ?? null
  const older = useInfiniteQuery({
    ...timelineOlderQuery(id, kinds, i18n.language, past),
    enabled: isPastWanted && past !== null,
  })
  if (head.error && !seen) return <Failure error={head.error} reset={() => void head.refetch()} />
  if (!seen)
    return (
      <Stack aria-busy="true" gap="xs">
        {[1, 2, 3, 4, 5].map((row) => (
          <Skeleton key={row} height={34} />
        ))}
      </Stack>
    )
  const entries = joinTimeline(seen, older.data?.pages.map((page) => page.entries) ?? [])
  const isWaiting = isPastWanted && older.data !== undefined
  const hasMore = past !== null && (isWaiting ? older.hasNextPage : true)
  const goOn = () => {
    if (isWaiting) void older.fetchNextPage()
    else setPastWanted(true)
  }
  return (
    <>
      <VisuallyHidden role="status" aria-live="polite">
        {seen.arrived > 0 ? t('timeline.arrived', { count: seen.arrived }) : ''}
      </VisuallyHidden>
      {entries.length === 0 ? (
        <Empty
          icon={<IconHistory size={22} stroke={1.6} aria-hidden />}
          title={t('timeline.empty')}
          text={t('timeline.emptyText')}
        />
      ) : (
        <ol className={classes['list']}>
          {entries.map((entry) => (
            <TimelineItem key={entryKey(entry)} entry={entry} isFresh={seen.fresh.has(entryKey(entry))} />
          ))}
        </ol>
      )}
      {older.error ? <Failure error={older.error} reset={() => void older.refetch()} /> : null}
      {hasMore ? (
        <Button variant="default" size="xs" onClick={goOn} loading={older.isFetching} w="fit-content">
          {t('timeline.more')}
        </Button>
      ) : null}
    </>
  )
}
