export function BacktestPanel() {
  return null
}
