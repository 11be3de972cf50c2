import { useQuery } from '@tanstack/react-query'
import { segmentsQuery } from '../../segments/segmentQueries.ts'
import { sendersQuery } from '../../settings/senders/sendersQuery.ts'
import { settingsQuery } from '../../settings/settingsQuery.ts'
import { useJourneyEditing } from '../journeyEditing.ts'
import { journeyNamesQuery, poolsQuery, templateNamesQuery } from '../journeyQueries.ts'

interface Choice {
  value: string
  label: string
}

const named = (name: string): Choice => ({ value: name, label: name })

/** What the shop has that a step may name; nothing until it is known. */
export function useTemplateChoices(): Choice[] {
  const { data = [] } = useQuery(templateNamesQuery)
  return data.map(named)
}

export function usePoolChoices(): Choice[] {
  const { data } = useQuery(poolsQuery)
  return (data?.pools ?? []).map(({ pool, free }) => ({ value: pool, label: `${pool} (${free})` }))
}

export function useJourneyChoices(): Choice[] {
  const { id: own } = useJourneyEditing()
  const { data = [] } = useQuery(journeyNamesQuery)
  return data.filter(({ id }) => id !== own).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))
}

export function useSegmentChoices(): Choice[] {
  const { data } = useQuery(segmentsQuery)
  return (data?.segments ?? []).map(({ id, name }) => ({ value: id, label: name }))
}

export function useTopicChoices(): Choice[] {
  const { data } = useQuery(settingsQuery)
  return (data?.topics ?? []).map(({ id }) => named(id))
}

export function useSenderChoices(): Choice[] {
  const { data } = useQuery(sendersQuery)
  return (data?.senders ?? []).map(({ id }) => named(id))
}
