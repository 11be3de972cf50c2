import { notifications } from '@mantine/notifications'
import { useTranslation } from 'react-i18next'
import { ask } from '../../../api/ask.ts'
import { withBody } from '../../../api/withBody.ts'
import { journeyApi } from '../customerApi.ts'
import { sayDone, useCustomerChange } from './useCustomerChange.ts'

/** Asks a customer into a journey, and says in the server's words why they did not come in. */
export function useEnrol(customerId: string) {
  const { t, i18n } = useTranslation('customer')
  return useCustomerChange(
    customerId,
    ({ journey }: { journey: string; name: string }) =>
      ask(journeyApi(journey).runs.$post({ query: { locale: i18n.language } }, withBody({ customerId }))),
    ({ began, refusal }, { name }) => {
      if (began) sayDone(t('journeys.began', { name }))
      else
        notifications.show({
          message: refusal?.sentence ?? t('journeys.none'),
          color: 'yellow',
          autoClose: 10_000,
        })
    },
  )
}
