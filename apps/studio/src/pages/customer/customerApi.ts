import { hc } from 'hono/client'
import type {
  ConsentsApi,
  CustomerJourneysApi,
  CustomerPageApi,
  DataRightsApi,
  JourneyRunsApi,
  RunsApi,
  SuppressionsApi,
} from '../../api/contract.ts'

/** The routes below one customer: their paths begin with its id. */
export const customerApi = (id: string) => {
  const below = `/api/customers/${encodeURIComponent(id)}`
  return {
    page: hc<CustomerPageApi>(below),
    consents: hc<ConsentsApi>(`${below}/consents`),
    journeys: hc<CustomerJourneysApi>(`${below}/journeys`),
  }
}

/** The routes below one journey. */
export const journeyApi = (id: string) => hc<JourneyRunsApi>(`/api/journeys/${encodeURIComponent(id)}`)

export const dataApi = hc<DataRightsApi>('/api')
export const runsApi = hc<RunsApi>('/api/runs')
export const suppressionsApi = hc<SuppressionsApi>('/api/suppressions')

/** Where everything that is stored of a customer is downloaded as JSON. */
export const exportPath = (id: string) => `/api/customers/${encodeURIComponent(id)}/export`

/** Where a customer's page hears of what happens. */
export const livePath = (id: string, since: string) =>
  `/api/customers/${encodeURIComponent(id)}/live?since=${encodeURIComponent(since)}`
