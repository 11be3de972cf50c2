import type { ApiClient, ApiCustomer } from './createApiClient.ts'

type ApiEvent = Awaited<ReturnType<ApiClient['events']>>[number]

/** Every event of every customer, with whose it is; Ciclo's own left out. */
export async function readAllEvents(api: ApiClient): Promise<(ApiEvent & { customer: ApiCustomer })[]> {
  const customers = await api.customers()
  const events = await Promise.all(
    customers.map(async (customer) =>
      (await api.events(customer.id)).map((event) => ({ ...event, customer })),
    ),
  )
  return events.flat().filter(({ source }) => source !== 'own')
}
