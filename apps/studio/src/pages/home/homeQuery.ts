import { queryOptions } from '@tanstack/react-query'
import type { InferResponseType } from 'hono/client'
import { api } from '../../api/api.ts'
import { ask } from '../../api/ask.ts'

type Home = InferResponseType<typeof api.home.index.$get>
export type HomeTask = Home['tasks'][number]
export type HomeMap = NonNullable<Home['map']>
export type StageFigures = HomeMap['stages'][number]
export type Stage = StageFigures['stage']
export type MapMove = HomeMap['moves'][number]
export type MapJourney = HomeMap['journeys'][number]
export type MapOffer = HomeMap['offers'][number]
export type HomeMoney = NonNullable<Home['money']>
export type HomeMail = NonNullable<Home['mail']>
export type HomeFigures = NonNullable<Home['figures']>
export type HomeHealth = Home['health']

/** While something is being counted, and else. */
const SOON = 2_000
const LATER = 60_000

const isWhole = ({ map, money, mail, figures }: Home) =>
  [map, money, mail, figures].every((part) => part !== null && !part.isCounting)

/** How the shop stands, with its sentences in a language. */
export const homeQuery = (locale: string) =>
  queryOptions({
    queryKey: ['home', locale],
    queryFn: () => ask(api.home.index.$get({ query: { locale } })),
    refetchInterval: ({ state }) => (state.data && !isWhole(state.data) ? SOON : LATER),
  })
