import { METRIC_DEFINITIONS, type Metrics } from '@ciclo/engine'

/** The five figures, each with what it means. */
export function presentMetrics({ averageOrderValue, customerLifetimeValue, ...shares }: Metrics) {
  const defined = METRIC_DEFINITIONS
  return {
    customerChurnRate: { definition: defined.customerChurnRate, ...shares.customerChurnRate },
    repeatPurchaseRate: { definition: defined.repeatPurchaseRate, ...shares.repeatPurchaseRate },
    purchaseFrequency: { definition: defined.purchaseFrequency, ...shares.purchaseFrequency },
    averageOrderValue: { definition: defined.averageOrderValue, currencies: averageOrderValue },
    customerLifetimeValue: { definition: defined.customerLifetimeValue, currencies: customerLifetimeValue },
  }
}
