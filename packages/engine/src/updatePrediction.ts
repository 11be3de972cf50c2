import { spendOf } from './orderFigures.ts'
import { predict } from './prediction/predict.ts'
import { versionAt } from './rulesVersion.ts'
import type { Fold, StepResult } from './stepResult.ts'

/** Predicts a customer's orders and spend anew, by the shop's parameters of that time. */
export function updatePrediction(result: StepResult, at: number, fold: Fold): void {
  const { customer } = result
  const { population, settings } = versionAt(fold.rules.versions, at)
  const fit = population?.fit ?? null
  if (fit === null && customer.prediction === null) return
  const { orderDays, firstAt, lastAt } = customer.figures
  const prediction =
    fit === null || firstAt === null || lastAt === null
      ? null
      : predict(
          fit,
          { orderDays, firstAt, lastAt, spend: spendOf(customer.figures, settings) },
          at,
          settings.currency,
        )
  if (prediction !== customer.prediction) result.customer = { ...customer, prediction }
}
