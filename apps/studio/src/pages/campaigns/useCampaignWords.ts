import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../api/contract.ts'
import { useFormats } from '../../formats/useFormats.ts'
import { describeRule } from '../segments/rule/describeRule.ts'
import { useRuleWords } from '../segments/rule/useRuleWords.ts'
import { segmentsQuery } from '../segments/segmentQueries.ts'

/** Who a campaign is for and when it goes, in words. */
export function useCampaignWords() {
  const { t } = useTranslation('campaigns')
  const formats = useFormats()
  const { words } = useRuleWords()
  const { data } = useQuery(segmentsQuery)
  return {
    audience: ({ audience, exclude }: Campaign): string => {
      const who =
        'segment' in audience
          ? (data?.segments.find(({ id }) => id === audience.segment)?.name ?? audience.segment)
          : describeRule(audience.rule, words)
      return exclude.length === 0 ? who : `${who}, ${t('steps.summary.excluded', { count: exclude.length })}`
    },
    schedule: ({ schedule }: Campaign): string => {
      if (schedule.kind === 'now') return t('steps.summary.now')
      if (schedule.kind === 'at') return formats.dateTime(schedule.at)
      const time = t('steps.summary.local', { time: schedule.time })
      return schedule.date === undefined ? time : `${formats.date(`${schedule.date}T12:00:00Z`)}, ${time}`
    },
  }
}
