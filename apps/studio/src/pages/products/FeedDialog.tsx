import { Alert, Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { messageOf } from '../../api/apiProblem.ts'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'
import { withBody } from '../../api/withBody.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { Failure } from '../../shell/Failure.tsx'
import { Loading } from '../../shell/Loading.tsx'
import { PRODUCTS } from './productQueries.ts'

const FEED = [...PRODUCTS, 'feed'] as const

const readFeed = () => ask(api.productFeed.index.$get())
type Feed = NonNullable<Awaited<ReturnType<typeof readFeed>>['feed']>

/** Where the shop keeps a feed of its products, and what came of reading it. */
export function FeedDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('products')
  const client = useQueryClient()
  // It is read in the background: what came of it shows by itself.
  const { data, error, refetch } = useQuery({ queryKey: FEED, queryFn: readFeed, refetchInterval: 3_000 })
  const [url, setUrl] = useState<string | null>(null)
  const change = useMutation({
    mutationFn: (what: 'set' | 'read' | 'remove') =>
      what === 'set'
        ? ask(api.productFeed.index.$put({}, withBody({ url: (url ?? '').trim() })))
        : what === 'read'
          ? ask(api.productFeed.read.$post())
          : ask(api.productFeed.index.$delete()),
    onSuccess: async () => {
      setUrl(null)
      await client.invalidateQueries({ queryKey: PRODUCTS })
    },
  })
  const feed = data?.feed ?? null
  const typed = url ?? feed?.url ?? ''
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('feed.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('feed.close') }}
    >
      {error && !data ? <Failure error={error} reset={() => void refetch()} /> : null}
      {!data && !error ? <Loading /> : null}
      {data ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            change.mutate('set')
          }}
        >
          <Stack gap="sm">
            <TextInput
              type="url"
              required
              label={t('feed.url')}
              description={t('feed.text')}
              placeholder="https://shop.example/feed.xml"
              value={typed}
              onChange={({ currentTarget }) => setUrl(currentTarget.value)}
            />
            {change.error ? (
              <Alert color="red" variant="light" role="alert" p="xs">
                {messageOf(change.error)}
              </Alert>
            ) : null}
            {feed ? <FeedState feed={feed} /> : null}
            <Group justify="flex-end" gap="xs">
              {feed ? (
                <>
                  <Button
                    variant="default"
                    disabled={change.isPending}
                    onClick={() => change.mutate('remove')}
                  >
                    {t('feed.remove')}
                  </Button>
                  <Button variant="default" disabled={change.isPending} onClick={() => change.mutate('read')}>
                    {t('feed.read')}
                  </Button>
                </>
              ) : null}
              <Button
                type="submit"
                loading={change.isPending}
                disabled={typed.trim() === '' || typed === feed?.url}
              >
                {t('feed.save')}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : null}
    </Modal>
  )
}

function FeedState({ feed }: { feed: Feed }) {
  const { t } = useTranslation('products')
  const { number, dateTime } = useFormats()
  const { readAt, changedAt, changed, unchanged, refused, problems, problem } = feed
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {readAt === null ? t('feed.waiting') : t('feed.readAt', { at: dateTime(readAt) })}
        {changedAt === null
          ? ''
          : ` ${t('feed.changedAt', {
              at: dateTime(changedAt),
              changed: number(changed),
              unchanged: number(unchanged),
              refused: number(refused),
            })}`}
      </Text>
      {problem === null ? null : (
        <Alert color="red" variant="light" role="alert" p="xs" title={t('feed.problem')}>
          {problem}
        </Alert>
      )}
      {problems.length > 0 ? (
        <>
          <Text size="sm" fw={600}>
            {t('feed.refused')}
          </Text>
          <List size="sm" style={{ overflowWrap: 'anywhere' }}>
            {problems.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        </>
      ) : null}
    </Stack>
  )
}
