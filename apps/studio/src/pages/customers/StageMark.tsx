import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../formats/useFormats.ts'
import type { ListedCustomer } from './listQueries.ts'
import classes from './CustomersPage.module.css'

/** A stage, and for how long somebody has been in it. */
export function StageMark({ stage, since }: { stage: ListedCustomer['lifecycle']['stage']; since: string }) {
  const { t } = useTranslation(['customers', 'states'])
  const { dateTime, relative } = useFormats()
  return (
    <span title={t('since', { at: dateTime(since) })} className={classes['stage']}>
      <span className={classes['dot']} data-stage={stage} aria-hidden />
      {t(`stage.${stage}`, { ns: 'states' })}
      <Text component="span" size="xs" c="dimmed" className={classes['below']}>
        {relative(since)}
      </Text>
    </span>
  )
}
