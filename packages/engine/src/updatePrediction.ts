import { predictionAt } from './predictionAt.ts'
import { versionAt } from './rulesVersion.ts'
import type { Fold, StepResult } from './stepResult.ts'

/** Predicts a customer's orders and spend anew, by the shop's parameters of that time. */
export function updatePrediction(result: StepResult, at: number, fold: Fold): void {
  const { customer } = result
  const prediction = predictionAt(customer.figures, versionAt(fold.rules.versions, at), at)
  if (prediction !== customer.prediction) result.customer = { ...customer, prediction }
}
