import { Badge, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconFileCertificate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { Empty } from '../../../parts/Empty.tsx'
import { Failure } from '../../../shell/Failure.tsx'
import classes from '../CustomerPage.module.css'
import { consentsQuery, type CustomerDetail } from '../customerQueries.ts'

const PURPOSES = ['marketing-email', 'tracking'] as const
const COLORS = { granted: 'green', asked: 'yellow', refused: 'red' } as const

/** To what a customer has agreed, and every change of it with what they read. */
export function ConsentTab({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customer')
  const formats = useFormats()
  const { data, error, refetch } = useQuery(consentsQuery(customer.id))
  const { consent } = customer
  return (
    <Stack gap="lg">
      <dl className={classes['facts']}>
        {PURPOSES.map((purpose) => {
          const standing = consent[purpose]
          return (
            <div key={purpose} style={{ display: 'contents' }}>
              <dt>{t(`consent.purposes.${purpose}`)}</dt>
              <dd>
                {standing === null
                  ? t('consent.never')
                  : [
                      t(`consent.statuses.${standing.status}`),
                      standing.basis === null ? undefined : t(`bases.${standing.basis}`),
                      formats.dateTime(standing.at),
                    ]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
              </dd>
            </div>
          )
        })}
        {consent.refusedTopics.length > 0 ? (
          <>
            <dt>{t('consent.refusedTopics')}</dt>
            <dd>{consent.refusedTopics.join(', ')}</dd>
          </>
        ) : null}
      </dl>
      <div>
        <Title order={3} mb="xs">
          {t('consent.record')}
        </Title>
        {error && !data ? <Failure error={error} reset={() => void refetch()} /> : null}
        {!error && !data ? <Skeleton height={120} aria-busy="true" /> : null}
        {data?.length === 0 ? (
          <Empty
            icon={<IconFileCertificate size={22} stroke={1.6} aria-hidden />}
            title={t('consent.empty')}
            text={t('consent.emptyText')}
          />
        ) : null}
        <Stack gap="sm" component="ol" m={0} p={0} style={{ listStyle: 'none' }}>
          {data?.map(
            ({
              id,
              purpose,
              topic,
              status,
              basis,
              country,
              text,
              textVersion,
              method,
              source,
              network,
              at,
            }) => (
              <li key={id}>
                <Group gap={8}>
                  <Badge size="sm" variant="light" color={COLORS[status]} tt="none">
                    {t(`consent.statuses.${status}`)}
                  </Badge>
                  <Text size="sm" fw={600}>
                    {[t(`consent.purposes.${purpose}`), topic].filter((part) => part !== null).join(': ')}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {formats.dateTime(at)}
                  </Text>
                </Group>
                {text === null ? null : (
                  <Text size="sm" mt={2} style={{ overflowWrap: 'anywhere' }}>
                    “{text}”{textVersion === null ? '' : ` (${textVersion})`}
                  </Text>
                )}
                <Text size="xs" c="dimmed">
                  {[
                    basis === null ? undefined : t(`bases.${basis}`),
                    t(`sources.${source}`),
                    method ?? undefined,
                    country ?? undefined,
                    network ?? undefined,
                  ]
                    .filter((part) => part !== undefined)
                    .join(' · ')}
                </Text>
              </li>
            ),
          )}
        </Stack>
      </div>
    </Stack>
  )
}
