import { Hono } from 'hono'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { createCustomerLiveRoutes, type CustomerLiveOptions } from './customerLiveRoutes.ts'
import { createCustomerMailRoutes, type CustomerMailOptions } from './customerMailRoutes.ts'
import { createCustomerTimelineRoutes, type CustomerTimelineOptions } from './customerTimelineRoutes.ts'

/** Below a customer: what their page shows besides what the other routes tell. */
export function createCustomerPageRoutes(
  options: CustomerLiveOptions & CustomerMailOptions & CustomerTimelineOptions,
) {
  return new Hono<ApiEnvironment>()
    .route('/', createCustomerTimelineRoutes(options))
    .route('/', createCustomerMailRoutes(options))
    .route('/', createCustomerLiveRoutes(options))
}
