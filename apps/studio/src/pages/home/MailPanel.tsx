import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import { Panel } from '../../parts/Panel.tsx'
import { CountedAt } from './CountedAt.tsx'
import type { HomeMail } from './homeQuery.ts'
import { useDayWords } from './useDayWords.ts'
import classes from './HomePage.module.css'

function DayTable<Row extends { day: string }>({
  label,
  rows,
  columns,
}: {
  label: string
  rows: readonly Row[]
  columns: readonly { name: string; of: (row: Row) => number }[]
}) {
  const formats = useFormats()
  const dayWords = useDayWords()
  return (
    <table className={`${classes.numbers} ${classes.days}`} aria-label={label}>
      <thead>
        <tr>
          <td />
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.day}>
            <th scope="row">{dayWords(row.day, true)}</th>
            {columns.map(({ name, of }) => (
              <td key={name} className={of(row) === 0 ? classes.none : undefined}>
                {formats.number(of(row))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What is to go out in the next seven days, and what came back in the last seven. */
export function MailPanel({ mail }: { mail: HomeMail }) {
  const { t } = useTranslation('home')
  return (
    <Panel title={t('mail.title')} actions={<CountedAt {...mail} />}>
      <div>
        <Title order={3}>{t('mail.next')}</Title>
        <Text size="xs" c="dimmed" mb={4}>
          {t(mail.isComplete ? 'mail.nextText' : 'mail.nextPart')}
        </Text>
        <DayTable
          label={t('mail.next')}
          rows={mail.planned}
          columns={[
            { name: t('mail.journeys'), of: ({ journeys }) => journeys },
            { name: t('mail.marketing'), of: ({ marketing }) => marketing },
            { name: t('mail.transactional'), of: ({ transactional }) => transactional },
          ]}
        />
      </div>
      <div>
        <Title order={3}>{t('mail.last')}</Title>
        <Text size="xs" c="dimmed" mb={4}>
          {t('mail.lastText')}
        </Text>
        <DayTable
          label={t('mail.last')}
          rows={mail.past.toReversed()}
          columns={[
            { name: t('mail.sent'), of: ({ sent }) => sent },
            { name: t('mail.clicks'), of: ({ clicks }) => clicks },
            { name: t('mail.unsubscribes'), of: ({ unsubscribes }) => unsubscribes },
            { name: t('mail.complaints'), of: ({ complaints }) => complaints },
          ]}
        />
      </div>
    </Panel>
  )
}
