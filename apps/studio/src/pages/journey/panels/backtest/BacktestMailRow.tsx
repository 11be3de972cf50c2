import { Badge, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../../formats/useFormats.ts'
import { PageLink } from '../../../../parts/PageLink.tsx'
import { useMailReasons } from '../../../customer/mail/mailWords.ts'
import classes from './BacktestMails.module.css'
import type { BacktestMail } from './createBacktests.ts'

const COLOURS = { sent: 'green', refused: 'gray', expired: 'gray', waiting: 'blue' } as const

/** One mail that would have been asked for: to whom, when, and what would have become of it. */
export function BacktestMailRow({
  mail,
  start,
  place,
  of,
}: {
  mail: BacktestMail
  /** In pixels, from the first. */
  start: number
  place: number
  of: number
}) {
  const { t } = useTranslation('journey')
  const { dateTime } = useFormats()
  const reasonOf = useMailReasons()
  const { at, customerId, to, template, locale, outcome, reason, waitedFor } = mail
  const waits =
    waitedFor.length === 0
      ? ''
      : t('panels.backtest.mails.waited', { reasons: waitedFor.map(reasonOf).join(', ') })
  const details = [dateTime(at), template, locale, reasonOf(reason), waits].filter((text) => text !== '')
  return (
    <div
      className={classes['row']}
      style={{ transform: `translateY(${start}px)` }}
      role="listitem"
      aria-posinset={place}
      aria-setsize={of}
    >
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <PageLink
          to="/customers/$customerId"
          params={{ customerId }}
          size="sm"
          truncate
          title={to}
          preload={false}
        >
          {to}
        </PageLink>
        <Badge
          size="sm"
          variant="light"
          color={COLOURS[outcome]}
          tt="none"
          radius="sm"
          autoContrast
          miw="fit-content"
        >
          {t(`panels.backtest.outcomes.${outcome}`)}
        </Badge>
      </Group>
      <Text size="xs" c="dimmed" truncate title={details.join(' · ')}>
        {details.join(' · ')}
      </Text>
    </div>
  )
}
